# frozen_string_literal: true

require_relative 'support'
require 'sidekiq/api'

class PipelineTest < StandinTest
  def setup
    @project = context.store(Standin::Store::Projects).find(project['id'])
    @jobs = context.store(Standin::Store::Jobs)
    @job = @jobs.ensure(@project, root, ref: 'main', sha: SecureRandom.hex(20))
  end

  # Other tests have the same store and Git storage.
  def teardown
    context.object_store.away = false
    context.gitaly.refusal = nil
  end

  def runner(name = 'node1') = Standin::Pipeline::Runner.new(context, name)
  def row = @jobs.with_project(@job[:id])
  def objects = context.object_store.kept.select { |(_, key), _| key.start_with?("#{@job[:id]}/") }

  def test_a_job_leaves_its_artifact_and_its_log
    assert_equal :done, runner.run(@job[:id])
    packed = "#{@project[:name]} at #{row[:sha]}"
    assert_equal packed, objects[[:artifacts, "#{@job[:id]}/archive.tar"]]
    assert_equal ['success', Digest::SHA256.hexdigest(packed), packed.bytesize, 'node1'],
                 row.values_at(:status, :artifact_sha256, :artifact_size, :runner)
    artifacts = "/projects/#{@project[:id]}/jobs/#{@job[:id]}/artifacts"
    artifact = api('GET', artifacts)
    assert_equal [200, packed], [artifact.status, artifact.body]
    assert_match(/^Job succeeded$/, api('GET', "/projects/#{@project[:id]}/jobs/#{@job[:id]}/trace").body)
    # As after a bucket's lifecycle.
    context.object_store.kept.delete([:artifacts, "#{@job[:id]}/archive.tar"])
    assert_equal 404, api('GET', artifacts).status
  end

  def test_a_job_that_is_done_is_not_done_again
    runner.run(@job[:id])
    assert_equal :nothing, runner('node2').run(@job[:id])
    assert_equal [1, 'node1'], row.values_at(:attempts, :runner)
  end

  def test_a_job_whose_runner_was_killed_is_done_by_another_one
    taken = @jobs.take(@job[:id], 'node1')
    assert_equal :nothing, runner('node2').run(@job[:id])
    lease_ends
    assert_equal :done, runner('node2').run(@job[:id])
    refute @jobs.succeed(taken, artifact_key: 'x', artifact_sha256: 'x', artifact_size: 0, trace_key: 'x')
    assert_equal ['success', 2, 'node2'], row.values_at(:status, :attempts, :runner)
  end

  def test_without_object_storage_a_job_waits_and_is_done_later
    context.object_store.away = true
    assert_equal :later, runner.run(@job[:id])
    assert_equal ['pending', 'connection refused'], row.values_at(:status, :failure)
    context.object_store.away = false
    assert_equal :done, runner.run(@job[:id])
  end

  def test_a_job_for_which_git_storage_is_away_waits
    context.gitaly.refusal = GRPC::Unavailable.new('no primary')
    assert_equal :later, runner.run(@job[:id])
    assert_equal 'pending', row[:status]
  end

  def test_a_job_that_can_never_be_done_fails_instead_of_being_tried_for_ever
    context.gitaly.refusal = GRPC::FailedPrecondition.new("path doesn't exist")
    assert_equal :failed, runner.run(@job[:id])
    assert_equal ['failed', "path doesn't exist"], row.values_at(:status, :failure)
    assert_equal :nothing, runner.run(@job[:id])
  end

  def test_what_redis_forgot_is_put_into_the_queue_again_once
    told = []
    keeper = Standin::Pipeline::Keeper.new(context, enqueue: ->(ids) { told.concat(ids) })
    keeper.look
    refute_includes told, @job[:id]
    waits_long
    Array.new(3) { Thread.new { keeper.look } }.each(&:join)
    assert_equal 1, told.count(@job[:id])
  end

  def test_what_could_not_be_put_into_the_queue_is_put_there_at_the_next_look
    waits_long
    told = []
    keeper = Standin::Pipeline::Keeper.new(context, enqueue: lambda { |ids|
      told.concat(ids)
      raise RedisClient::CannotConnectError, 'connection refused' if told.count(@job[:id]) == 1
    })
    assert_raises(RedisClient::CannotConnectError) { keeper.look }
    assert_includes keeper.look, @job[:id]
    refute_includes keeper.look, @job[:id]
    assert_equal 2, told.count(@job[:id])
  end

  def test_a_job_that_must_wait_is_in_no_queue_and_is_told_again_soon
    context.object_store.away = true
    Standin.stub(:runner, runner) { Standin::Pipeline::Worker.new.perform(@job[:id]) }
    assert_equal 0, queued + Sidekiq::RetrySet.new.size + Sidekiq::ScheduledSet.new.size
    waited = Standin::Store::Jobs::PATIENCE_S - Standin::Store::Jobs::AGAIN_S
    assert_in_delta waited, Time.now - row[:queued_at], 1
    refute_includes @jobs.forgotten, @job[:id]
  end

  def test_a_job_of_a_runner_that_vanished_is_told_when_its_lease_has_ended_and_not_before
    keeper = Standin::Pipeline::Keeper.new(context, enqueue: ->(_) {})
    @jobs.take(@job[:id], 'node1')
    waits_long
    refute_includes keeper.look, @job[:id]
    assert_in_delta Standin::Store::Jobs::LEASE_S, row[:lease_until] - Time.now, 1
    lease_ends
    assert_includes keeper.look, @job[:id]
  end

  def test_what_lies_in_the_queue_is_not_put_there_again
    queue = Standin::Pipeline::Keeper.queue(context.settings.redis)
    keeper = Standin::Pipeline::Keeper.new(context, enqueue: queue)
    2.times do
      waits_long
      keeper.look
      assert_equal 1, queued
    end
  end

  private

  def waits_long = context.database.sequel[:jobs].where(id: @job[:id]).update(queued_at: Time.now - 60)
  def queued = Sidekiq::Queue.new('default').count { |entry| entry.args == [@job[:id]] }
  def lease_ends = context.database.sequel[:jobs].where(id: @job[:id]).update(lease_until: Time.now - 1)
end
