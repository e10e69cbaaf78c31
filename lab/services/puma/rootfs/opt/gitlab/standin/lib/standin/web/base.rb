# frozen_string_literal: true

require 'ipaddr'
require 'json'
require 'sinatra/base'

require_relative 'given'

module Standin
  module Web
    # What all pages and calls share: settings, answers as JSON, and what happens when something behind is away.
    class Base < Sinatra::Base
      include Given

      set :environment, :production
      set :show_exceptions, false
      set :raise_errors, false
      set :logging, false
      # The cookie is for this site only, so that no other one can send its forms. Paths name no files here, and a slash
      # within a name comes encoded.
      set :protection, except: %i[http_origin remote_token session_hijacking path_traversal]
      set :views, File.expand_path('../../../views', __dir__)

      def initialize(context)
        @context = context
        super(nil)
      end

      attr_reader :context

      before do
        # What is put is a file: bytes of any kind.
        asked = request.put? ? request.GET : request.params
        refuse(400, '400 Bad Request') unless sound?(Rack::Utils.unescape_path(request.path_info)) && sound?(asked)
      end

      helpers do
        def json(value, code = 200)
          content_type 'application/json'
          status code
          body JSON.generate(value)
        end

        # @raise ends the request with GitLab's way to say why
        def refuse(code, message)
          content_type 'application/json'
          halt code, JSON.generate(message: message)
        end

        def users = context.store(Store::Users)
        def projects = context.store(Store::Projects)
        def items = context.store(Store::WorkItems)
        def jobs = context.store(Store::Jobs)

        # The address the request came from, as the last trusted proxy tells it.
        def client_ip
          trusted = context.settings.trusted_proxies.map { |range| IPAddr.new(range) }
          chain = [*request.get_header('HTTP_X_FORWARDED_FOR').to_s.split(/\s*,\s*/), request.get_header('REMOTE_ADDR').to_s]
          outermost = chain.reverse.find { |ip| (address = ip_of(ip)) && trusted.none? { |range| range.include?(address) } }
          outermost || chain.first
        end

        def ip_of(text)
          IPAddr.new(text)
        rescue IPAddr::Error
          nil
        end
      end

      error(Sequel::PoolTimeout) { away('the database does not answer') }
      error(Sequel::DatabaseError) { database_failed(env['sinatra.error']) }
      error(RedisClient::Error) { away('Redis does not answer') }
      error(Git::Gitaly::Unavailable, GRPC::BadStatus) { Git::Gitaly.away?(env['sinatra.error']) ? away('Git storage does not answer') : broken }
      error(Objects::ObjectStore::Unavailable) { away('object storage does not answer') }
      error(Sinatra::BadRequest) { refuse(400, '400 Bad Request') }
      error(JSON::ParserError) { refuse(400, '400 Bad request - the body is no JSON') }
      error { broken }
      not_found { response.body.empty? ? refuse(404, '404 Not Found') : nil }

      private

      def database_failed(problem)
        return away('the database does not answer') if Store::Database.away?(problem)

        Store::Database.value?(problem) ? refuse(400, '400 Bad Request') : broken
      end

      def broken
        problem = env['sinatra.error']
        context.logger.error("#{request.request_method} #{request.path}: #{problem.class} #{problem.message[0, 300]}")
        refuse(500, '500 Internal Server Error')
      end

      # A client that tries again will be served: so says 503.
      def away(what)
        problem = env['sinatra.error']
        context.logger.warn("#{request.request_method} #{request.path}: #{what}: #{problem.message[0, 300]}")
        headers 'Retry-After' => '1'
        refuse(503, "503 Service Unavailable - #{what}")
      end
    end
  end
end
