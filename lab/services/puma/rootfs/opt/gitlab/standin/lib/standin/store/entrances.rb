# frozen_string_literal: true

module Standin
  module Store
    # By which published address somebody came last. Nothing depends on it: without Redis it is not known.
    class Entrances
      LIFE_S = 86_400
      # The same address is told again so often at most.
      FRESH_S = 60

      # @param cache [Cache]
      def initialize(cache)
        @cache = cache
        @told = {}
      end

      # @param base [String] scheme, host and port
      def remember(user, base)
        told, at = @told[user[:id]]
        return if told == base && now - at < FRESH_S

        @told[user[:id]] = [base, now]
        @cache.quick('SET', key(user), base, 'EX', LIFE_S)
      rescue RedisClient::Error, ConnectionPool::TimeoutError
        nil
      end

      # Somebody came by none of them: what was known may lead nowhere from there.
      def forget(user)
        @told.delete(user[:id])
        @cache.quick('DEL', key(user))
      rescue RedisClient::Error, ConnectionPool::TimeoutError
        nil
      end

      # @return [String, nil]
      def of(user)
        @cache.quick('GET', key(user))
      rescue RedisClient::Error, ConnectionPool::TimeoutError
        nil
      end

      private

      def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      def key(user) = "entrance:#{user[:id]}"
    end
  end
end
