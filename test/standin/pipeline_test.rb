# frozen_string_literal: true

require_relative 'support'

class PipelineTest < StandinTest
  def setup
    @project = context.store(Standin::Store::Projects).find(project['id'])
    @jobs = context.store(Standin::Store::Jobs)
    @job = @jobs.ensure(@project, root, ref: 'main', sha: SecureRandom.hex(20))
    context.object_store.away = false
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
    artifact = api('GET', "/projects/#{@project[:id]}/jobs/#{@job[:id]}/artifacts")
    assert_equal [200, packed], [artifact.status, artifact.body]
    assert_match(/^Job succeeded$/, api('GET', "/projects/#{@project[:id]}/jobs/#{@job[:id]}/trace").body)
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

  def test_what_redis_forgot_is_put_into_the_queue_again_once
    told = []
    keeper = Standin::Pipeline::Keeper.new(context, enqueue: ->(id) { told << id })
    keeper.look
    refute_includes told, @job[:id]
    context.database.sequel[:jobs].where(id: @job[:id]).update(queued_at: Time.now - 60)
    Array.new(3) { Thread.new { keeper.look } }.each(&:join)
    assert_equal 1, told.count(@job[:id])
  end

  private

  def lease_ends = context.database.sequel[:jobs].where(id: @job[:id]).update(lease_until: Time.now - 1)
end
