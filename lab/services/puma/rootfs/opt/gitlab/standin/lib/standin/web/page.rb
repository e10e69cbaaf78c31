# frozen_string_literal: true

require 'net/http'
require 'resolv'

require_relative 'base'
require_relative '../store/sessions'

module Standin
  module Web
    # The one page: who served it, who leads each layer, and the projects with their replicas.
    class Page < Base
      COOKIE = '_gitlab_session'
      # Everybody who looks asks the same; the cluster need not answer each time.
      REMEMBERED_S = 2

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
        headers 'Content-Security-Policy' => "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
      end

      get '/' do
        @user = signed_in
        @leaders = leaders
        @projects = @user ? projects.readable(@user).map { |one| shown(one) } : []
        erb :page, layout: :layout
      end

      get('/users/sign_in') { erb :sign_in, layout: :layout }

      post '/users/sign_in' do
        user = users.by_password(params['login'].to_s, params['password'].to_s)
        unless user
          status 401
          @problem = 'Invalid login or password.'
          next erb(:sign_in, layout: :layout)
        end
        response.set_cookie(COOKIE, value: sessions.open(user), path: '/', httponly: true, same_site: :strict,
                                    secure: context.settings.external_url.start_with?('https:'))
        redirect to('/')
      end

      post '/users/sign_out' do
        sessions.close(request.cookies[COOKIE])
        response.delete_cookie(COOKIE, path: '/')
        redirect to('/')
      end

      private

      def sessions = @sessions ||= Store::Sessions.new(context.cache)

      def signed_in
        id = sessions.user_id(request.cookies[COOKIE])
        id && users.by_id(id)
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
