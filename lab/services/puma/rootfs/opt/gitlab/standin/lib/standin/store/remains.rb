# frozen_string_literal: true

require_relative '../objects/object_store'

module Standin
  module Store
    # Objects of projects that are gone, until the object store has none of them any more.
    class Remains
      # Links to put something there hold for a while after the project has gone, and so do jobs: then it is looked once more.
      SETTLED_S = Objects::ObjectStore::LINK_S + 60

      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # To be called in the transaction that deletes the project, before it does.
      def note(project)
        jobs = @sequel[:jobs].join(:pipelines, id: :pipeline_id).where(project_id: project[:id]).select_map(Sequel[:jobs][:id])
        uploads = @sequel[:uploads].where(project_id: project[:id]).select_map(:id)
        rows = jobs.map { |id| ['artifacts', "#{id}/"] } + uploads.map { |id| ['uploads', "#{id}/"] } << ['lfs', "#{project[:id]}/"]
        @sequel[:object_remains].insert_conflict.import(%i[kind prefix], rows)
      end

      # Those that are due. They are the asker's until its transaction ends.
      # @return [Array<Hash>] kind, prefix, and whether it is the last time
      def due(limit: 5)
        @sequel[:object_remains].where { next_at <= Sequel.function(:now) }.order(:next_at).limit(limit).for_update.skip_locked
                                .select(:kind, :prefix, :seen).all
      end

      # Says that nothing is there now: the first time it is looked once more, later.
      def cleared(row)
        mine = @sequel[:object_remains].where(row.slice(:kind, :prefix))
        row[:seen] ? mine.delete : mine.update(seen: true, next_at: Sequel.lit("now() + interval '#{SETTLED_S} seconds'"))
      end
    end
  end
end
