# frozen_string_literal: true

module Standin
  module Pipeline
    # What a Sidekiq process begins beside its jobs. A process in which that failed would take jobs, start no pipeline and
    # answer nobody: it says why and ends in good order, and its supervisor makes another one.
    module StartUp
      # @param stop [#call] ends the process
      # @return [Thread] in which the block is run
      def self.run(logger: Sidekiq.logger, stop: -> { Process.kill('TERM', Process.pid) })
        Thread.new do
          yield
        rescue StandardError, ScriptError => error
          logger.fatal { "the start failed, so this process ends: #{error.class}: #{error.message}" }
          stop.call
        end
      end
    end
  end
end
