# frozen_string_literal: true

require_relative 'base'

module Standin
  module Web
    # /-/health, /-/liveness, /-/readiness: what load balancers ask, with GitLab's answers, for GitLab's allowed addresses.
    class Health < Base
      # Who asks does not wait for long: what says nothing until then is not well.
      PATIENCE_S = 2.5

      # GitLab has one check per use of Redis; here all uses are the same Redis.
      REDIS_CHECKS = %w[
        cache_check chat_check cluster_cache_check feature_flag_check queues_check rate_limiting_check
        repository_cache_check sessions_check shared_state_check trace_chunks_check
      ].freeze

      before do
        allowed = context.settings.monitoring_whitelist.map { |range| IPAddr.new(range) }
        address = ip_of(client_ip)
        # As GitLab does: to others these pages are not there.
        halt 404, { 'content-type' => 'text/plain' }, 'Not found' if address.nil? || allowed.none? { |range| range.include?(address) }
      end

      get '/health' do
        content_type 'text/plain'
        'GitLab OK'
      end

      get('/liveness') { json({ status: 'ok' }) }

      get '/readiness' do
        checks = { master_check: [{ status: 'ok' }] }
        checks.merge!(everything) if params['all'] == '1'
        well = checks.values.flatten.all? { |check| check[:status] == 'ok' }
        json({ status: well ? 'ok' : 'failed', **checks }, well ? 200 : 503)
      end

      private

      # Object storage is no part of it, as in GitLab: without it pages still load.
      def everything
        database = check { context.database.sequel.get(Sequel.lit('1')) && nil }
        redis = check { context.cache.ping && nil }
        gitaly = context.gitaly.storages.to_h { |storage| [storage, check { context.gitaly.problem(storage) }] }
        ends = now + PATIENCE_S
        told = outcome(redis, ends)
        {
          db_check: [outcome(database, ends)],
          **REDIS_CHECKS.to_h { |name| [name.to_sym, [told]] },
          gitaly_check: gitaly.map { |storage, asked| { **outcome(asked, ends), labels: { shard: storage } } }
        }
      end

      # Asks beside the others.
      # @yieldreturn [String, nil] why it is not well
      # @return [Thread]
      def check
        Thread.new do
          yield
        rescue StandardError => error
          "unexpected #{error.class}: #{error.message[0, 200]}"
        end
      end

      # @param ends [Float] by the clock of `now`
      def outcome(asked, ends)
        problem = asked.join([ends - now, 0].max) ? asked.value : 'no answer in time'
        { status: problem ? 'failed' : 'ok', message: problem }.compact
      end

      def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end
