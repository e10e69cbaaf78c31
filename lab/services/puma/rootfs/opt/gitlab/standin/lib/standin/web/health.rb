# frozen_string_literal: true

require_relative 'base'

module Standin
  module Web
    # /-/health, /-/liveness, /-/readiness: what load balancers ask, with GitLab's answers, for GitLab's allowed addresses.
    class Health < Base
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
        redis = check { context.cache.call('PING') }
        {
          db_check: [check { context.database.sequel.get(Sequel.lit('1')) }],
          **REDIS_CHECKS.to_h { |name| [name.to_sym, [redis]] },
          gitaly_check: context.gitaly.storages.map { |storage| gitaly(storage) }
        }
      end

      def gitaly(storage)
        problem = context.gitaly.problem(storage)
        { status: problem ? 'failed' : 'ok', message: problem, labels: { shard: storage } }.compact
      end

      def check
        yield
        { status: 'ok' }
      rescue StandardError => error
        { status: 'failed', message: "unexpected #{error.class}: #{error.message[0, 200]}" }
      end
    end
  end
end
