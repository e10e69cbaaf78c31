# frozen_string_literal: true

require_relative 'schema'
require_relative 'users'

module Standin
  module Store
    # What must be in the database before anybody is served: the tables and the first user. A node may be up long before
    # the database has a leader.
    class Preparation
      PAUSE_S = 1

      # @param context [Context]
      def initialize(context, pause: PAUSE_S)
        @context = context
        @pause = pause
      end

      # Tries until it is done; what is there already stays.
      def await
        once
      rescue Sequel::DatabaseError, Sequel::PoolTimeout => error
        @context.logger.warn("the database is not ready yet: #{error.class} #{error.message[0, 200]}")
        sleep @pause
        retry
      end

      private

      def once
        Schema.migrate(@context.database)
        secrets = @context.settings.secrets
        @context.database.lasting do
          @context.store(Users).ensure_root(password: secrets[:root_password], token: secrets[:root_token])
        end
      end
    end
  end
end
