# frozen_string_literal: true

require 'rack'

require_relative 'health'
require_relative 'internal'
require_relative 'git_access'
require_relative 'lfs'
require_relative 'api'
require_relative 'page'

module Standin
  module Web
    # Which part answers which path.
    module App
      GIT = %r{\A/.+\.git/(info/refs|git-upload-pack|git-receive-pack)\z}

      LFS = %r{\A/.+\.git/(info/lfs|gitlab-lfs)/}

      FILES = %r{\A/(.+\.git/gitlab-lfs/|api/v4/projects/.+/uploads/)}

      # Below what is otherwise health: addresses of files, as pages and texts have them.
      ATTACHED = %r{\A/-/project/\d+/uploads/}

      # @param context [Context]
      # @return [#call] a Rack application
      def self.build(context)
        git = GitAccess.new(context)
        lfs = Lfs.new(context)
        page = Page.new(context)
        rest = Rack::URLMap.new(
          '/-' => Health.new(context), '/api/v4/internal' => Internal.new(context), '/api/v4' => Api.new(context), '/' => page
        )
        # Files that came in a form are gone with the answer.
        Rack::TempfileReaper.new(lambda do |env|
          refused = Attachments.refusal(env)
          next refused if refused

          # What is put is a file, whatever a client says of its type (curl: a form), and no parameters are read from it.
          env['CONTENT_TYPE'] = 'application/octet-stream' if env['REQUEST_METHOD'] == 'PUT' && FILES.match?(env['PATH_INFO'])
          case env['PATH_INFO']
          when GIT then git.call(env)
          when LFS then lfs.call(env)
          when ATTACHED then page.call(env)
          else rest.call(env)
          end
        end)
      end
    end
  end
end
