# frozen_string_literal: true

require 'json'
require 'puma'
require 'puma/server'

require_relative 'queues'

module Standin
  module Pipeline
    # The health pages of a Sidekiq process, on the port of sidekiq['health_checks_listen_port'], and what its queues hold.
    class HealthServer
      # @param settings [Hash] health_address, health_port
      def initialize(settings)
        @settings = settings
      end

      def start
        server = Puma::Server.new(method(:call), nil, min_threads: 1, max_threads: 1)
        server.add_tcp_listener(@settings[:health_address], @settings[:health_port])
        server.run
      end

      def call(env)
        case env['PATH_INFO']
        when '/liveness' then answer(200, status: 'ok')
        when '/readiness' then ready
        when '/queues' then answer(200, **Queues.new.look)
        else answer(404, status: 'not found')
        end
      rescue RedisClient::Error => error
        answer(503, status: 'failed', message: error.class.name)
      end

      private

      def ready
        Sidekiq.redis { |redis| redis.call('PING') }
        answer(200, status: 'ok')
      end

      def answer(code, **value) = [code, { 'content-type' => 'application/json' }, [JSON.generate(value)]]
    end
  end
end
