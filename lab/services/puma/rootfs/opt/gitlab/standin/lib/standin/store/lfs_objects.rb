# frozen_string_literal: true

module Standin
  module Store
    # Large files of repositories: which ones a project has. Their bytes lie in the object store.
    class LfsObjects
      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # One that is there already stays.
      def add(project, oid, size)
        @sequel[:lfs_objects].insert_conflict(target: %i[project_id oid]).insert(project_id: project[:id], oid: oid, size: size)
      end

      # @param oids [Array<String>]
      # @return [Hash{String => Integer}] size of each that the project has
      def sizes(project, oids) = @sequel[:lfs_objects].where(project_id: project[:id], oid: oids).select_hash(:oid, :size)

      # Where it lies. GitLab looks at what was sent and then keeps the same bytes of all projects once; here nobody looks, so
      # that each project has its own: who may write to one has no way to what is another's.
      def key(project, oid) = "#{project[:id]}/#{oid[0, 2]}/#{oid[2, 2]}/#{oid[4..]}"
    end
  end
end
