# frozen_string_literal: true

require_relative 'support'
require "#{STANDIN}/lib/standin/pipeline/queues"

class QueuesTest < StandinTest
  PROCESS = 'node2:12:abc'

  def setup
    context
    empty
  end

  def teardown = empty

  def empty = redis('DEL', 'queue:default', 'queues', 'retry', 'dead', 'processes', PROCESS, 'node2:7:old', 'node3:9:gone', "#{PROCESS}:work")
  def redis(*command) = Sidekiq.redis { |one| one.call(*command) }
  def look = Standin::Pipeline::Queues.new.look
  def job(id) = { class: 'Standin::Pipeline::Worker', args: [id], queue: 'default', jid: "j#{id}" }

  # A process whose last heartbeat is so many seconds ago.
  def heard(process, ago)
    redis('SADD', 'processes', process)
    info = { hostname: process.split(':').first, concurrency: 5, queues: ['default'], pid: 12, labels: [], weights: [{}] }
    redis('HSET', process, 'info', JSON.generate(info), 'busy', '1', 'beat', (Time.now.to_f - ago).to_s)
  end

  def work(id)
    heard(PROCESS, 0)
    redis('HSET', "#{PROCESS}:work", 't1', JSON.generate(queue: 'default', payload: JSON.generate(job(id)), run_at: Time.now.to_i - 4))
  end

  def test_nothing_waits_where_nothing_was_put
    assert_equal [0, 0, 0, 0, [], []], look.values_at(:enqueued, :retries, :dead, :overdue, :queues, :jobs)
    assert_in_delta Time.now.to_f * 1000, look[:asOf], 5_000
  end

  def test_each_job_is_named_with_what_it_waits_for
    redis('ZADD', 'dead', Time.now.to_f - 30, JSON.generate(job(1)))
    work(2)
    redis('ZADD', 'retry', Time.now.to_f + 60, JSON.generate(job(3)))
    Standin::Pipeline::Worker.perform_async(4)
    found = look
    assert_equal [1, 1, 1, 1, 0], found.values_at(:enqueued, :busy, :retries, :dead, :overdue)
    assert_equal [['default', 1]], found[:queues].map { |queue| queue.first(2) }
    assert_equal [['node2', 1, 5]], found[:nodes].map { |node, busy, threads| [node, Integer(busy), threads] }
    named = found[:jobs].map { |job| job.first(5) }
    assert_equal [
      ['dead', 'default', 'Worker', '1', nil], ['run', 'default', 'Worker', '2', 'node2'],
      ['retry', 'default', 'Worker', '3', nil], ['wait', 'default', 'Worker', '4', nil]
    ], named
    assert_operator JSON.generate(found).size, :<, 1_500
  end

  def test_a_process_whose_heartbeat_has_expired_is_none
    work(6)
    redis('SADD', 'processes', 'node3:9:gone')
    assert_equal [1, ['node2']], look.values_at(:processes, :nodes).then { |number, nodes| [number, nodes.map(&:first)] }
  end

  def test_a_process_that_is_not_heard_any_more_is_none
    work(6)
    heard('node3:9:gone', 26)
    assert_equal [1, ['node2']], look.values_at(:processes, :nodes).then { |number, nodes| [number, nodes.map(&:first)] }
    heard('node3:9:gone', 20)
    assert_equal [2, %w[node2 node3]], look.values_at(:processes, :nodes).then { |number, nodes| [number, nodes.map(&:first)] }
  end

  def test_of_a_node_that_was_started_anew_the_new_process_counts
    work(6)
    heard('node2:7:old', 8)
    assert_equal 1, look[:processes]
  end

  def test_a_job_that_should_have_been_tried_again_is_overdue
    redis('ZADD', 'retry', Time.now.to_f - 40, JSON.generate(job(5)))
    assert_includes 39..45, look[:overdue]
  end

  def test_of_many_only_some_are_named
    40.times { |id| Standin::Pipeline::Worker.perform_async(id) }
    found = look
    assert_equal [40, Standin::Pipeline::Queues::NAMED], [found[:enqueued], found[:jobs].size]
    assert_operator JSON.generate(found).size, :<, 1_500
  end
end
