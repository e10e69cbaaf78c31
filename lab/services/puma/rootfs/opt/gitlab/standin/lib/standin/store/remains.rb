# frozen_string_literal: true

require_relative '../objects/object_store'

module Standin
  module Store
    # Objects of projects that are gone, until the object store has none of them any more; and of what is on its way there, until it
    # has arrived.
    class Remains
      # Links to put something there hold for a while after the project has gone, and so do jobs: then it is looked once more.
      SETTLED_S = Objects::ObjectStore::LINK_S + 60
      AGAIN_S = 15

      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # To be called in the transaction that deletes the project, before it does.
      def note(project)
        # Who adds to the project meanwhile waits for its row, and finds it gone.
        @sequel[:projects].where(id: project[:id]).for_update.select(:id).first
        jobs = @sequel[:jobs].join(:pipelines, id: :pipeline_id).where(project_id: project[:id]).select_map(Sequel[:jobs][:id])
        uploads = @sequel[:uploads].where(project_id: project[:id]).select_map(:id)
        rows = jobs.map { |id| ['artifacts', "#{id}/"] } + uploads.map { |id| ['uploads', "#{id}/"] } << ['lfs', "#{project[:id]}/"]
        @sequel[:object_remains].insert_conflict.import(%i[kind prefix], rows)
      end

      # Says that something is being put there; what has not arrived after a while has remains. Again does no harm.
      def expect(kind, prefix)
        later = Sequel.lit("now() + interval '#{SETTLED_S} seconds'")
        @sequel[:object_remains].insert_conflict.insert(kind: kind, prefix: prefix, next_at: later)
      end

      # Says that it has arrived. The sweeper waits, or has given it up before.
      # @yieldreturn [Boolean] whether anybody counts on it still: then it is no remains
      def kept(kind, prefix)
        mine = @sequel[:object_remains].where(kind: kind, prefix: prefix)
        mine.for_update.select(:kind).first
        yield.tap { |wanted| mine.delete if wanted }
      end

      # Forgets the upload that was expected there and has not arrived, if it is one.
      def give_up(row)
        @sequel[:uploads].where(id: row[:prefix].chomp('/'), complete: false).delete if row[:kind] == 'uploads'
      end

      # The first that is due. It is the asker's until its transaction ends.
      # @return [Hash, nil] kind, prefix, and whether it is the last time
      def due
        @sequel[:object_remains].where { next_at <= Sequel.function(:now) }.order(:next_at).limit(1).for_update.skip_locked
                                .select(:kind, :prefix, :seen).first
      end

      # Says that it could not be done: others get their turn before it is tried again.
      def postpone(row)
        @sequel[:object_remains].where(row.slice(:kind, :prefix)).update(next_at: Sequel.lit("now() + interval '#{AGAIN_S} seconds'"))
      end

      # Says that nothing is there now: the first time it is looked once more, later.
      def cleared(row)
        mine = @sequel[:object_remains].where(row.slice(:kind, :prefix))
        row[:seen] ? mine.delete : mine.update(seen: true, next_at: Sequel.lit("now() + interval '#{SETTLED_S} seconds'"))
      end
    end
  end
end
