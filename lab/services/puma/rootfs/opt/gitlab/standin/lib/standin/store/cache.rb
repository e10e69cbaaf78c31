# frozen_string_literal: true

require 'redis-client'
require 'connection_pool'

module Standin
  module Store
    # Redis, found through the Sentinels as GitLab finds it: sessions and what is worth remembering for a moment.
    class Cache
      # For who has something else to do when Redis does not answer at once, as during a failover.
      QUICK = { connect_timeout: 1, read_timeout: 1, write_timeout: 1, reconnect_attempts: 1 }.freeze

      # @param settings [Hash] sentinels ([{host, port}]), master, password, sentinel_password, database
      def initialize(settings)
        config = Cache.config(settings)
        @pool = ConnectionPool.new(size: 5, timeout: 3) { config.new_client }
        quick = RedisClient.sentinel(**Cache.options(settings), **QUICK)
        @quick = ConnectionPool.new(size: 1, timeout: 1) { quick.new_client }
      end

      # The same connection for Sidekiq: it wants these very words.
      # @return [Hash] options of redis-client
      def self.options(settings)
        {
          name: settings[:master], role: :master, sentinels: settings[:sentinels].map { |one| one.slice(:host, :port) },
          password: settings[:password], sentinel_password: settings[:sentinel_password], db: settings[:database] || 0,
          connect_timeout: 1, read_timeout: 2, write_timeout: 2, reconnect_attempts: [0.1, 0.3, 0.5, 1, 1, 1]
        }.compact
      end

      def self.config(settings) = RedisClient.sentinel(**options(settings))

      # @return [Object] what Redis answers
      # @raise [RedisClient::Error]
      def call(*) = @pool.with { |client| client.call(*) }

      # Whether Redis answers at this moment, be there a failover or not.
      # @raise [RedisClient::Error, ConnectionPool::TimeoutError]
      def ping = quick('PING')

      # For what can be done without: the answer of this moment.
      # @raise [RedisClient::Error, ConnectionPool::TimeoutError]
      def quick(*) = @quick.with { |client| client.call(*) }

      # @return [String] the address of the master that answers, host:port
      def master
        @pool.with do |client|
          client.call('PING')
          "#{client.config.host}:#{client.config.port}"
        end
      end

      # What a block finds, remembered. Without Redis it is found anew every time.
      # @param seconds [Integer]
      def fetch(key, seconds)
        kept = call('GET', key)
        return JSON.parse(kept, symbolize_names: true) if kept

        found = yield
        call('SET', key, JSON.generate(found), 'EX', seconds)
        found
      rescue RedisClient::Error
        found || yield
      end
    end
  end
end
