# frozen_string_literal: true

require 'digest'

module Standin
  module Store
    # Projects: a row here, a repository behind Praefect.
    class Projects
      # As GitLab has it: what a URL of Git or of a feed ends with cannot end a project's path.
      PATH = /\A[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}(?<!\.git)(?<!\.atom)\z/
      # What Git takes for the name of a branch.
      BRANCH = %r{\A(?![-/.])(?!.*(?:\.\.|@\{|//|/\.|\.lock(?:/|\z)))[^\x00-\x20~^:?*\[\\\x7f]{1,255}(?<![/.])\z}
      # Who is no member reads the first, and who has signed in the second.
      OPEN = %w[public internal].freeze
      VISIBILITIES = [*OPEN, 'private'].freeze
      # GitLab's own limit for a page of a list.
      MOST = 100

      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # Those that a user, or nobody, may read; the same as can_read?.
      def readable(user, limit: MOST, offset: 0)
        rows = @sequel[:projects].order(:id).limit(limit, offset)
        return rows.all if user && user[:admin]

        rows.where(Sequel.|({ visibility: user ? OPEN : OPEN.first(1) }, { creator_id: user ? user[:id] : nil })).all
      end

      # @param id [String] number or full path, as in the URLs of the API
      def find(id)
        id.to_s.match?(/\A\d{1,18}\z/) ? @sequel[:projects].first(id: id.to_i) : by_path(id)
      end

      # As in GitLab, large and small letters are the same in it.
      def by_path(path)
        wanted = path.to_s.delete_prefix('/').delete_suffix('.git')
        found = @sequel[:projects].where(Sequel.function(:lower, :path_with_namespace) => wanted.downcase(:ascii)).order(:id).all
        found.find { |row| row[:path_with_namespace] == wanted } || found.first
      end

      def by_repository(gl_repository) = find(gl_repository.to_s.delete_prefix('project-'))

      # The same call again finds what the first one made. To be called in a transaction: who makes one of the same letters waits.
      # @return [Hash] the row, or that of another project with the same letters
      def ensure(path_with_namespace:, name:, creator:, storage:, default_branch:, visibility: 'private')
        @sequel.select(Sequel.function(:pg_advisory_xact_lock, Sequel.function(:hashtext, path_with_namespace.downcase))).first
        kept = by_path(path_with_namespace)
        return kept if kept

        @sequel[:projects].insert_conflict(target: :path_with_namespace).insert(
          name: name, path_with_namespace: path_with_namespace, creator_id: creator[:id], storage: storage,
          default_branch: default_branch, visibility: visibility, disk_path: disk_path(path_with_namespace)
        )
        by_path(path_with_namespace)
      end

      # @param values [Hash] visibility, default_branch
      # @return [Hash] the row
      def change(project, values)
        @sequel[:projects].where(id: project[:id]).update(values) unless values.empty?
        find(project[:id])
      end

      def delete(project) = @sequel[:projects].where(id: project[:id]).delete

      def protect(project, name)
        @sequel[:protected_branches].insert_conflict(target: %i[project_id name]).insert(project_id: project[:id], name: name)
        @sequel[:protected_branches].first(project_id: project[:id], name: name)
      end

      def protected_branch(project, name) = @sequel[:protected_branches].first(project_id: project[:id], name: name)

      # @return [Boolean] whether it was protected
      def unprotect(project, name) = @sequel[:protected_branches].where(project_id: project[:id], name: name).delete.positive?

      def protected_branches(project) = @sequel[:protected_branches].where(project_id: project[:id]).order(:id).all

      # @param ref [String] as git names it: refs/heads/main
      def protected?(project, ref)
        branch = ref.delete_prefix('refs/heads/')
        ref.start_with?('refs/heads/') &&
          protected_branches(project).any? { |row| File.fnmatch(row[:name], branch, File::FNM_EXTGLOB) }
      end

      def can_read?(project, user)
        project[:visibility] == 'public' || (project[:visibility] == 'internal' && !user.nil?) || can_write?(project, user)
      end

      # Administrators and who made it; there are no groups here.
      def can_write?(project, user) = !user.nil? && (user[:admin] || user[:id] == project[:creator_id])

      private

      # GitLab's hashed storage takes the digest of the project's number, which is known only after the row; the
      # path is as unique, and a repeated attempt comes to the same place.
      def disk_path(path)
        digest = Digest::SHA256.hexdigest(path)
        "@hashed/#{digest[0, 2]}/#{digest[2, 2]}/#{digest}.git"
      end
    end
  end
end
