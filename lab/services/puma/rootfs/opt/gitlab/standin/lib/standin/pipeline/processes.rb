# frozen_string_literal: true

require 'sidekiq/api'

module Standin
  module Pipeline
    # The processes of Sidekiq that live: a node runs one. What Redis has besides are those that were killed; it forgets them
    # a minute after their last heartbeat only.
    module Processes
      # Seconds; a heartbeat comes every ten.
      VANISHED_AFTER = 25

      # @return [Array<Sidekiq::Process>] the one of each node that was heard last, by the names of the nodes
      def self.living
        since = Time.now.to_f - VANISHED_AFTER
        heard = Sidekiq::ProcessSet.new(false).select { |process| process['beat'].to_f >= since }
        heard.group_by { |process| process['hostname'] }.sort.map { |_, own| own.max_by { |process| process['beat'].to_f } }
      end
    end
  end
end
