# frozen_string_literal: true

require 'sidekiq'

module Standin
  module Pipeline
    # What lies in the queue: the number of a job.
    class Worker
      include Sidekiq::Job

      sidekiq_options queue: 'default', retry: 25

      # Jobs that must wait come again soon, not after Sidekiq's growing pauses: a failover takes seconds.
      class Later < StandardError; end

      sidekiq_retry_in { |_count, error| error.is_a?(Later) ? 3 : nil }

      def perform(id)
        outcome = Standin.runner.run(id)
        raise Later, "job #{id} could not be finished, another attempt follows" if outcome == :later
      end
    end
  end
end
