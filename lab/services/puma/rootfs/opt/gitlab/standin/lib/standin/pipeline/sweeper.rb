# frozen_string_literal: true

require_relative '../store/remains'
require_relative 'rounds'

module Standin
  module Pipeline
    # Deletes from the object store what projects have left there that are gone, and files that never arrived whole: a deletion need
    # not wait for it, and an object store that is away gets its turn when it is back.
    class Sweeper
      include Rounds

      PAUSE_S = 3
      FAILED = 'objects of deleted projects could not be deleted'

      # @param context [Context]
      def initialize(context) = @context = context

      # Deletes all that is due.
      # @return [Integer] how many objects were deleted
      # @raise [Objects::ObjectStore::Unavailable] then nothing is forgotten
      def look
        deleted = 0
        while @context.object_store && (of_one = clear_one)
          deleted += of_one
        end
        deleted
      end

      private

      # @return [Integer, nil] how many objects, nil when nothing is due
      # @raise what the object store said; what it was about is tried again later
      def clear_one
        remains = @context.store(Store::Remains)
        failure = nil
        deleted = @context.database.sequel.transaction do
          row = remains.due
          next unless row

          remains.give_up(row)
          @context.object_store.clear(row[:kind].to_sym, row[:prefix]).tap { remains.cleared(row) }
        rescue Sequel::Error
          raise
        rescue StandardError => error
          failure = error
          remains.postpone(row)
        end
        raise failure if failure

        deleted
      end
    end
  end
end
