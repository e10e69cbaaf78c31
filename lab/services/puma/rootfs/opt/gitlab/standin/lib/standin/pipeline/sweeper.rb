# frozen_string_literal: true

require_relative '../store/remains'

module Standin
  module Pipeline
    # Deletes from the object store what projects have left there that are gone: a deletion need not wait for it, and an
    # object store that is away gets its turn when it is back.
    class Sweeper
      PAUSE_S = 3

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

      # Looks again and again, in a thread of its own.
      def start
        Thread.new do
          loop do
            sleep PAUSE_S
            begin
              look
            rescue StandardError => error
              @context.logger.warn("objects of deleted projects could not be deleted: #{error.class} #{error.message[0, 200]}")
            end
          end
        end
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
