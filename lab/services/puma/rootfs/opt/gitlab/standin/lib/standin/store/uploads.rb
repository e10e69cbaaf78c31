# frozen_string_literal: true

module Standin
  module Store
    # Files that people attach: their names. Their bytes lie in the object store.
    class Uploads
      UUID = /\A\h{8}(-\h{4}){3}-\h{12}\z/

      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # The same call again finds what the first one made.
      def add(id, project, filename, size)
        @sequel[:uploads].insert_conflict(target: :id).insert(id: id, project_id: project[:id], filename: filename, size: size)
      end

      def of(project) = @sequel[:uploads].where(project_id: project[:id]).reverse(:created_at).limit(Projects::MOST).all

      # @return [Hash, nil]
      def find(project, id) = id.match?(UUID) ? @sequel[:uploads].first(project_id: project[:id], id: id) : nil

      def key(id, filename) = "#{id}/#{filename}"
    end
  end
end
