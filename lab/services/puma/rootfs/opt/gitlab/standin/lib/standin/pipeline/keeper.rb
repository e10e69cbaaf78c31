# frozen_string_literal: true

require 'json'

require_relative 'worker'
require_relative 'rounds'

module Standin
  module Pipeline
    # Puts jobs into the queue again that Redis has forgotten in a failover, that must wait for something, or whose Sidekiq
    # was killed. GitLab has the same twice: a fetcher that keeps what is being worked on, and workers that look for stuck
    # builds.
    class Keeper
      include Rounds

      PAUSE_S = 1
      FAILED = 'forgotten jobs could not be looked for'

      # The queue as it is: what lies in it already is not put there a second time.
      # Rows are held meanwhile, and a runner may wait for one of them: who does not reach Redis at once tries again later.
      # @param redis [Hash] settings, as Store::Cache has them
      # @return [Proc] takes the numbers of jobs; raises RedisClient::Error
      def self.queue(redis)
        pool = Sidekiq::RedisConnection.create(size: 1, **Store::Cache.options(redis), **Store::Cache::QUICK)
        client = Sidekiq::Client.new(pool: pool)
        lambda do |ids|
          held = pool.with { |one| one.call('LRANGE', "queue:#{Worker::QUEUE}", 0, -1) }
          missing = ids - held.map { |entry| JSON.parse(entry)['args'].first }
          client.push_bulk('class' => Worker, 'args' => missing.map { |id| [id] }) unless missing.empty?
        end
      end

      # @param context [Context]
      # @param enqueue [Proc] takes the numbers of jobs
      def initialize(context, enqueue:)
        @context = context
        @enqueue = enqueue
      end

      # Looks once. When they cannot be put into the queue they stay forgotten, for the next look.
      # @return [Array<Integer>] jobs that are in the queue now
      def look
        jobs = @context.store(Store::Jobs)
        @context.database.sequel.transaction do
          jobs.forgotten.tap do |ids|
            next if ids.empty?

            @enqueue.call(ids)
            jobs.told(ids)
          end
        end
      end
    end
  end
end
