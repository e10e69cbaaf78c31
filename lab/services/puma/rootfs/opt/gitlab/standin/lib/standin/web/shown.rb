# frozen_string_literal: true

require_relative 'links'

module Standin
  module Web
    # How the API shows what the database has: GitLab's names.
    module Shown
      include Links

      private

      def person(user) = user.slice(:id, :username, :name).merge(is_admin: user[:admin], state: 'active')

      def shown_key(key) = key.slice(:id, :title, :key).merge(created_at: key[:created_at].iso8601)

      def shown(one)
        {
          **one.slice(:id, :name, :path_with_namespace, :default_branch, :visibility), path: one[:path_with_namespace].split('/').last,
          web_url: project_url(one), http_url_to_repo: "#{project_url(one)}.git", ssh_url_to_repo: ssh_url(one),
          repository_storage: one[:storage], created_at: one[:created_at].iso8601(3)
        }
      end

      def shown_commit(one)
        {
          id: one[:id], short_id: one[:id][0, 8], title: one[:subject], message: one[:body], author_name: one[:author],
          author_email: one[:email], authored_date: Time.at(one[:at]).utc.iso8601, parent_ids: one[:parents]
        }
      end

      def shown_item(row) = row.except(:request).merge(created_at: row[:created_at].iso8601(3))

      def shown_job(project, row)
        {
          **row.slice(:id, :name, :status, :ref, :attempts), commit: { id: row[:sha] }, runner: { description: row[:runner] },
          failure_reason: row[:failure], pipeline: { id: row[:pipeline_id], sha: row[:sha], ref: row[:ref] },
          created_at: row[:created_at].iso8601(3), started_at: row[:started_at]&.iso8601(3), finished_at: row[:finished_at]&.iso8601(3),
          web_url: job_url(project, row),
          artifacts_file: row[:artifact_key] && { filename: File.basename(row[:artifact_key]), size: row[:artifact_size], sha256: row[:artifact_sha256] }
        }.compact
      end
    end
  end
end
