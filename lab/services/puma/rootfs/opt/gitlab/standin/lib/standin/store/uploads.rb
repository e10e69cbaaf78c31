# frozen_string_literal: true

module Standin
  module Store
    # Files that people attach: their names. Their bytes lie in the object store.
    class Uploads
      SECRET = /\A\h{32}\z/
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

      # By an address: the id is what nobody guesses in it.
      # @param secret [String] the id without dashes
      # @return [Hash, nil]
      def at(project, secret, filename)
        secret.match?(SECRET) ? @sequel[:uploads].first(project_id: project[:id], id: secret, filename: filename) : nil
      end

      def remove(id) = @sequel[:uploads].where(id: id).delete

      def key(id, filename) = "#{id}/#{filename}"
    end
  end
end
