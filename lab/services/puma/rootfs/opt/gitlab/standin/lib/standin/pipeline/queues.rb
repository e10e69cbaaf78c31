# frozen_string_literal: true

require 'sidekiq/api'
require_relative 'processes'

module Standin
  module Pipeline
    # What Redis has of the queues, the jobs and the processes of Sidekiq, for who watches. Short: it is asked all the time.
    class Queues
      # Jobs and queues that are named; the counts are of all.
      NAMED = 8

      # @return [Hash] counts, the queues by name, and jobs as [state, queue, class, first argument, node, seconds]
      def look
        stats = Sidekiq::Stats.new
        processes = Processes.living
        {
          enqueued: stats.enqueued, busy: stats.workers_size, retries: stats.retry_size, dead: stats.dead_size,
          processes: processes.size, overdue: overdue, asOf: (Time.now.to_f * 1000).round,
          queues: queues.map { |queue| [queue.name, queue.size, queue.latency.round] },
          nodes: processes.first(NAMED).map { |process| [process['hostname'], process['busy'], process['concurrency']] },
          jobs: [*kept('dead', Sidekiq::DeadSet.new), *running, *kept('retry', Sidekiq::RetrySet.new), *waiting].first(NAMED)
        }
      end

      private

      def queues = @queues ||= Sidekiq::Queue.all.first(NAMED)

      # How long ago the earliest of those that are to be tried again should have been, in seconds; 0 when all have time.
      def overdue
        _, due = Sidekiq.redis { |redis| redis.call('ZRANGE', 'retry', 0, 0, 'WITHSCORES') }.flatten
        due ? [Time.now.to_f - due.to_f, 0].max.round : 0
      end

      def running
        Sidekiq::WorkSet.new.first(NAMED).map do |process, _, work|
          named('run', work.job, process.split(':').first, Time.now - work.run_at)
        end
      end

      def kept(state, set)
        set.first(NAMED).map { |entry| named(state, entry, nil, state == 'retry' ? entry.at - Time.now : Time.now - entry.at) }
      end

      def waiting
        queues.flat_map { |queue| queue.first(NAMED) }.map { |entry| named('wait', entry, nil, Time.now - entry.enqueued_at) }
      end

      def named(state, job, node, seconds)
        [state, job.queue, job.display_class.split('::').last, job.args.first.to_s[0, 20], node, seconds.to_f.clamp(0, 1e9).round]
      end
    end
  end
end
