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

      # Looks once.
      # @return [Integer] how many objects were deleted
      # @raise [Objects::ObjectStore::Unavailable] then nothing is forgotten
      def look
        store = @context.object_store
        return 0 unless store

        remains = @context.store(Store::Remains)
        @context.database.sequel.transaction do
          remains.due.sum { |row| store.clear(row[:kind].to_sym, row[:prefix]).tap { remains.cleared(row) } }
        end
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
    end
  end
end
