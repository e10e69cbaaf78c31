# frozen_string_literal: true

require 'sequel'

module Standin
  module Store
    # PostgreSQL, reached as GitLab reaches it: through the address of gitlab_rails['db_host'], mostly PgBouncer.
    class Database
      # A failover ends connections in the middle of what they do; within this time another attempt is made.
      PATIENCE_S = 15
      PAUSE_S = 0.25
      # What a server says that is going, not yet ready, or no leader any more (read-only), and all that is about connections.
      GOING = /\A(25006|57P0[1-3]|08...)\z/

      # @return [Boolean] whether another attempt may find another server
      def self.away?(error)
        case error
        # Every connection is taken while those to a server that is gone are still waited for.
        when Sequel::DatabaseConnectionError, Sequel::DatabaseDisconnectError, Sequel::PoolTimeout then true
        when Sequel::DatabaseError then GOING.match?(state_of(error.cause).to_s)
        else false
        end
      end

      # A value that no column takes: no UTF-8, a number or a text that is too large.
      VALUE = /\A(22001|22003|22021|22P0[25]|54000)\z/

      # @return [Boolean] whether what was asked is at fault
      def self.value?(error) = error.is_a?(Sequel::DatabaseError) && VALUE.match?(state_of(error.cause).to_s)

      # @return [String, nil] the SQLSTATE, five characters
      def self.state_of(error)
        error.result&.error_field(PG::Result::PG_DIAG_SQLSTATE) if error.is_a?(PG::Error)
      end
      private_class_method :state_of

      attr_reader :sequel

      # @param settings [Hash] host, port, name, user, password, pool
      def initialize(settings, logger)
        @logger = logger
        # PgBouncer gives every transaction any connection, so nothing may live longer than one (no prepared statements).
        @sequel = Sequel.connect(
          adapter: 'postgres', host: settings[:host], port: settings[:port], database: settings[:name],
          user: settings[:user], password: settings[:password], max_connections: settings[:pool],
          connect_timeout: 3, keep_reference: false, test: false, client_min_messages: false,
          driver_options: { keepalives_idle: 2, keepalives_interval: 1, keepalives_count: 3, tcp_user_timeout: 5000 }
        )
      end

      # Runs a block in a transaction, again when the server went away meanwhile: the block must do the same when what it
      # did before was kept after all (rows are named by the caller, not by chance).
      # @raise [Sequel::DatabaseError, Sequel::PoolTimeout] when it still fails after PATIENCE_S
      def lasting(&)
        deadline = now + PATIENCE_S
        begin
          sequel.transaction(&)
        rescue Sequel::DatabaseError, Sequel::PoolTimeout => error
          raise if now > deadline || !Database.away?(error)

          @logger.warn("the database went away, another attempt follows: #{error.class}")
          sleep PAUSE_S
          retry
        end
      end

      # Who answers: a leader's address and whether it is one that takes writes.
      def answering
        sequel.fetch('SELECT host(inet_server_addr()) AS address, pg_is_in_recovery() AS standby').first
      end

      private

      def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end
