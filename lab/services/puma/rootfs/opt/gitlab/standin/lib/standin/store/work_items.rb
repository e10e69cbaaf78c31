# frozen_string_literal: true

module Standin
  module Store
    # Issues and merge requests: numbered within their project.
    class WorkItems
      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # @param table [Symbol] :issues or :merge_requests
      # @param request [String] names the row, so that an attempt after a failover finds what the first one left
      def create(table, project, author, request, values)
        kept = @sequel[table].first(request: request)
        return kept if kept

        # Who counts within a project takes turns; the number of rows says nothing, because rows go.
        @sequel[:projects].where(id: project[:id]).for_update.first
        iid = (@sequel[table].where(project_id: project[:id]).max(:iid) || 0) + 1
        @sequel[table].insert(project_id: project[:id], author_id: author[:id], request: request, iid: iid, **values)
        @sequel[table].first(request: request)
      end

      def all(table, project, limit:, offset:)
        @sequel[table].where(project_id: project[:id]).reverse(:iid).limit(limit, offset).all
      end

      def find(table, project, iid) = @sequel[table].first(project_id: project[:id], iid: iid)

      def count(table, project) = @sequel[table].where(project_id: project[:id]).count
    end
  end
end
