# frozen_string_literal: true

module Standin
  module Pipeline
    # Puts jobs into the queue again that Redis has forgotten in a failover, or whose Sidekiq was killed. GitLab has the
    # same twice: a fetcher that keeps what is being worked on, and workers that look for stuck builds.
    class Keeper
      PAUSE_S = 2

      # @param context [Context]
      # @param enqueue [Proc] takes the number of a job
      def initialize(context, enqueue:)
        @context = context
        @enqueue = enqueue
      end

      # Looks once.
      # @return [Array<Integer>] jobs that were put into the queue
      def look
        ids = @context.database.lasting { @context.store(Store::Jobs).forgotten }
        ids.each { |id| @enqueue.call(id) }
      end

      # Looks again and again, in a thread of its own.
      def start
        Thread.new do
          loop do
            sleep PAUSE_S
            begin
              look
            rescue StandardError => error
              @context.logger.warn("forgotten jobs could not be looked for: #{error.class} #{error.message[0, 200]}")
            end
          end
        end
      end
    end
  end
end
