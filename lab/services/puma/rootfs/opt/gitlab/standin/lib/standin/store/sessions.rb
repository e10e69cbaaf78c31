# frozen_string_literal: true

require 'json'
require 'securerandom'

module Standin
  module Store
    # Who is signed in: in Redis, so that any node knows.
    class Sessions
      LIFE_S = 8 * 3600

      # @param cache [Cache]
      def initialize(cache) = @cache = cache

      # @return [String] the session's id, for a cookie
      def open(user)
        id = SecureRandom.hex(24)
        @cache.call('SET', key(id), JSON.generate(user_id: user[:id]), 'EX', LIFE_S)
        id
      end

      # @return [Integer, nil] the number of the user
      def user_id(id)
        kept = id.to_s.match?(/\A\h{48}\z/) && @cache.call('GET', key(id))
        kept && JSON.parse(kept)['user_id']
      end

      def close(id) = @cache.call('DEL', key(id))

      private

      def key(id) = "session:gitlab:#{id}"
    end
  end
end
