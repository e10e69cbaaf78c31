# frozen_string_literal: true

require 'sidekiq'

module Standin
  module Pipeline
    # What lies in the queue: the number of a job. One that must wait is given back to its row, and the keeper puts it into
    # the queue again: were it left in Redis besides, there would be two of it, then four.
    class Worker
      include Sidekiq::Job

      QUEUE = 'default'

      sidekiq_options queue: QUEUE, retry: 25

      def perform(id) = Standin.runner.run(id)
    end
  end
end
