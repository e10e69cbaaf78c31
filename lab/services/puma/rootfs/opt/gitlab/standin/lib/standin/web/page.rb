# frozen_string_literal: true

require 'net/http'
require 'resolv'

require_relative 'attachments'
require_relative 'base'
require_relative 'bytes'
require_relative 'links'
require_relative '../store/sessions'

module Standin
  module Web
    # The start page: who served it, who leads each layer, and the projects with their replicas. Projects and jobs have a page
    # each, because answers and messages lead there.
    class Page < Base
      include Attachments
      include Bytes
      include Links

      COOKIE = '_gitlab_session'
      # Everybody who looks asks the same; the cluster need not answer each time.
      REMEMBERED_S = 2
      # Rows of a table; each project costs Git storage a question.
      ROWS = 20
      PROJECT = %r{/(?<path>[^/]+/[^/]+?)(?:\.git)?/?}
      UPLOAD = %r{/uploads/(?<secret>\h{32})/(?<filename>[^/]+)}
      JOB = %r{/(?<path>[^/]+/[^/]+)/-/jobs/(?<job>\d{1,15})}

      helpers do
        def h(text) = Rack::Utils.escape_html(text.to_s)

        # An address with the name that the machines' names file has for it.
        def named(text)
          name = Resolv::Hosts.new.getname(text.to_s[/\d+(\.\d+){3}/].to_s)
          "#{name} · #{text}"
        rescue Resolv::ResolvError
          text
        end
      end

      before do
        @user = signed_in
        headers 'Content-Security-Policy' => "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
      end

      get '/' do
        @leaders = leaders
        @projects = @user ? page_of { |window| projects.readable(@user, **window) }.map { |one| shown(one) } : []
        erb :page, layout: :layout
      end

      get '/users/sign_in' do
        @back = local(params['back'])
        erb :sign_in, layout: :layout
      end

      post '/users/sign_in' do
        user = users.by_password(params['login'].to_s, params['password'].to_s)
        unless user
          status 401
          @problem = 'Invalid login or password.'
          @back = local(params['back'])
          next erb(:sign_in, layout: :layout)
        end
        response.set_cookie(COOKIE, value: sessions.open(user), path: '/', httponly: true, same_site: :strict,
                                    secure: base.start_with?('https:'))
        redirect to(local(params['back']))
      end

      post '/users/sign_out' do
        sessions.close(request.cookies[COOKIE])
        response.delete_cookie(COOKIE, path: '/')
        redirect to('/')
      end

      get(%r{/-/project/(?<id>\d{1,15})#{UPLOAD}}) { attached(projects.find(params['id'])) }
      get(%r{/(?<path>[^/]+/[^/]+)#{UPLOAD}}) { attached(projects.by_path(params['path'])) }

      get PROJECT do
        @shown = shown(project)
        @jobs = page_of { |window| jobs.of(project, **window) }
        erb :project, layout: :layout
      end

      get(%r{#{PROJECT}/-/jobs}) { redirect to("/#{project[:path_with_namespace]}") }

      get JOB do
        @project = project
        @job = job
        erb :job, layout: :layout
      end

      get(%r{#{JOB}/raw}) { hand_out(:artifacts, job[:trace_key], 'text/plain') }
      get(%r{#{JOB}/artifacts/download}) { hand_out(:artifacts, job[:artifact_key], 'application/x-tar', name: "job-#{job[:id]}.tar") }

      private

      # @param path [String, nil] where somebody wanted to go who had to sign in first
      def local(path) = path.to_s.match?(%r{\A/(?![/\\])[\w./-]*\z}) ? path : '/'

      def attached(project)
        found = uploads.at(readable(project), params['secret'], params['filename'])
        (found && hand_out_upload(found)) || missing
      end

      def project = readable(projects.by_path(params['path']))

      def readable(found)
        return found if found && projects.can_read?(found, @user)

        # As GitLab does: whether it exists is not told to strangers.
        redirect to("/users/sign_in?back=#{local(request.path_info)}") unless @user
        missing
      end

      def job = jobs.in_project(project, params['job'].to_i) || missing

      def missing = halt(404, erb(:missing, layout: :layout))

      # Some rows, and whether there are others before and after them.
      # @yieldparam [Hash] limit and offset
      def page_of
        number = params['page'].to_s[/\A[1-9]\d{0,5}\z/].to_i.clamp(1, 1_000_000)
        found = yield({ limit: ROWS + 1, offset: (number - 1) * ROWS })
        @pages = [number > 1 ? number - 1 : nil, found.size > ROWS ? number + 1 : nil]
        found.first(ROWS)
      end

      def sessions = @sessions ||= Store::Sessions.new(context.cache)

      def signed_in
        id = sessions.user_id(request.cookies[COOKIE])
        id ? users.by_id(id) : nil
      rescue RedisClient::Error
        nil
      end

      # @return [Array<Array(String, String)>] layer and who leads it, as this node sees it
      def leaders
        [
          ['Coordination', said { consul_leader }],
          ['Database', said { context.cache.fetch('page:database', REMEMBERED_S) { context.database.answering }[:address] || 'on this node' }],
          ['Cache and queues', said { context.cache.master }],
          ['Git storage', said { "each repository its own, by way of #{addresses}" }],
          ['Object storage', context.settings.object_store ? context.settings.object_store[:endpoint] : 'not deployed']
        ]
      end

      def addresses = context.gitaly.storages.map { |name| context.gitaly.server(name)[:address] }.uniq.join(', ')

      def consul_leader
        return 'not deployed' unless context.settings.coordination

        uri = URI("#{context.settings.coordination}/v1/status/leader")
        JSON.parse("[#{Net::HTTP.get(uri)}]").first
      end

      def said
        yield
      rescue StandardError => error
        "does not answer (#{error.class.name.split('::').last})"
      end

      def shown(project)
        { project: project, replicas: replicas(project), job: jobs.of(project, limit: 1).first }
      end

      def replicas(project)
        context.cache.fetch("page:replicas:#{project[:id]}", REMEMBERED_S) { context.gitaly.replicas(project) }
      rescue GRPC::BadStatus => error
        [{ storage: error.class.name.split('::').last, checksum: nil, primary: false }]
      end
    end
  end
end
