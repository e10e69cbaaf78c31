# frozen_string_literal: true

require_relative 'base'
require_relative 'basic_auth'
require_relative 'links'
require_relative 'signed'

module Standin
  module Web
    # What Workhorse asks before it lets a `git clone` or `git push` over HTTP through: the same path, signed.
    class GitAccess < Base
      helpers Signed, BasicAuth, Links

      TYPE = 'application/vnd.gitlab-workhorse+json'

      before do
        unless signed?('Gitlab-Workhorse-Api-Request', context.settings.secrets[:workhorse], 'gitlab-workhorse')
          refuse(403, 'Nil JSON web token')
        end
      end

      get(%r{/(?<path>.+)\.git/info/refs}) { access(params['path'], params['service']) }
      post(%r{/(?<path>.+)\.git/git-upload-pack}) { access(params['path'], 'git-upload-pack') }
      post(%r{/(?<path>.+)\.git/git-receive-pack}) { access(params['path'], 'git-receive-pack') }

      private

      def access(path, action)
        refuse(403, 'Unsupported service') unless %w[git-upload-pack git-receive-pack].include?(action)
        user = authenticated
        project = projects.by_path(path)
        unless project && projects.can_read?(project, user)
          # As GitLab does: whether a project exists is not told to strangers.
          user ? refuse(404, Internal::NOT_FOUND) : challenge
        end
        challenge if action == 'git-receive-pack' && user.nil?
        refuse(403, Internal::NO_WRITE) if action == 'git-receive-pack' && !projects.can_write?(project, user)
        remember_or_forget_entrance(user) if action == 'git-receive-pack'
        content_type TYPE
        JSON.generate(told(project, user))
      end

      def told(project, user)
        server = context.gitaly.server(project[:storage])
        {
          GL_ID: user ? "user-#{user[:id]}" : '', GL_USERNAME: user ? user[:username] : '', GL_REPOSITORY: "project-#{project[:id]}",
          Repository: {
            storage_name: project[:storage], relative_path: project[:disk_path], gl_repository: "project-#{project[:id]}",
            gl_project_path: project[:path_with_namespace]
          },
          GitalyServer: { address: server[:address], token: server[:token] }
        }
      end
    end
  end
end
