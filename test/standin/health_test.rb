# frozen_string_literal: true

require_relative 'support'

class HealthTest < StandinTest
  def test_liveness_and_readiness_have_gitlabs_shape
    assert_equal [200, 'GitLab OK'], [call('GET', '/-/health').status, call('GET', '/-/health').body]
    assert_equal({ 'status' => 'ok' }, json(call('GET', '/-/liveness')))
    assert_equal({ 'status' => 'ok', 'master_check' => [{ 'status' => 'ok' }] }, json(call('GET', '/-/readiness')))
  end

  def test_all_checks_are_named_as_in_gitlab
    answer = call('GET', '/-/readiness?all=1')
    assert_equal 200, answer.status
    expected = %w[status master_check db_check cache_check chat_check cluster_cache_check feature_flag_check queues_check
                  rate_limiting_check repository_cache_check sessions_check shared_state_check trace_chunks_check gitaly_check]
    assert_equal expected, json(answer).keys
    assert_equal [{ 'status' => 'ok', 'labels' => { 'shard' => 'default' } }], json(answer)['gitaly_check']
  end

  def test_a_check_that_fails_answers_503
    context.gitaly.stub(:problem, 'connection refused') do
      answer = call('GET', '/-/readiness?all=1')
      assert_equal 503, answer.status
      assert_equal 'failed', json(answer)['status']
      assert_equal [{ 'status' => 'failed', 'message' => 'connection refused', 'labels' => { 'shard' => 'default' } }],
                   json(answer)['gitaly_check']
      assert_equal 200, call('GET', '/-/readiness').status
    end
  end

  def test_who_says_nothing_holds_nobody_up
    silent = Queue.new
    context.gitaly.stub(:problem, ->(_) { silent.pop }) do
      begun = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      answer = call('GET', '/-/readiness?all=1')
      # Whoever watches gives up after three seconds.
      assert_in_delta Standin::Web::Health::PATIENCE_S, Process.clock_gettime(Process::CLOCK_MONOTONIC) - begun, 0.5
      assert_equal [503, 'no answer in time'], [answer.status, json(answer)['gitaly_check'].first['message']]
      assert_equal [{ 'status' => 'ok' }], json(answer)['db_check']
    end
  ensure
    silent.close
  end

  def test_only_allowed_addresses_are_answered
    { '10.1.2.9' => 200, '10.1.3.9' => 404, '203.0.113.7' => 404, 'no address' => 404 }.each do |address, code|
      assert_equal code, call('GET', '/-/readiness', x_forwarded_for: address).status, address
    end
    # What a stranger writes in front is not believed.
    assert_equal 404, call('GET', '/-/readiness', x_forwarded_for: '10.1.2.9, 203.0.113.7').status
  end
end
