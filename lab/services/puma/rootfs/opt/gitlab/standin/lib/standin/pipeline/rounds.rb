# frozen_string_literal: true

module Standin
  module Pipeline
    # For what looks again and again whether there is something to do, in a thread of its own. Who includes it has `look`, a
    # context, PAUSE_S (seconds between two looks) and FAILED (what a failed look is called in the log); the next look is
    # tried whatever became of the last.
    module Rounds
      # @return [Thread]
      def start
        Thread.new do
          loop do
            sleep self.class::PAUSE_S
            begin
              look
            rescue StandardError => error
              @context.logger.warn("#{self.class::FAILED}: #{error.class} #{error.message[0, 200]}")
            end
          end
        end
      end
    end
  end
end
