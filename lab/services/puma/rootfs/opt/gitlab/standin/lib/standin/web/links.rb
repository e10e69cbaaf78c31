# frozen_string_literal: true

module Standin
  module Web
    # Where the addresses in answers lead. The cluster's domain leads nowhere on the machine that a lab runs on: who comes by
    # a port that is published there is given that port. Everybody else is given external_url, as by GitLab.
    module Links
      LOOPBACK = /\A(?<host>localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(?<port>\d{1,5}))?\z/

      # @return [MatchData, nil] the address of the request where it is one of the machine itself
      def published = LOOPBACK.match(request.get_header('HTTP_HOST').to_s)

      # @return [String] scheme, host and port, without a slash at its end
      def base = published ? "#{request.scheme}://#{request.get_header('HTTP_HOST')}" : context.settings.external_url.delete_suffix('/')

      def project_url(project) = "#{base}/#{project[:path_with_namespace]}"

      def job_url(project, job) = "#{project_url(project)}/-/jobs/#{job[:id]}"

      # The gateway knows SSH when it hears it, at any of its ports.
      def ssh_url(project)
        here = published
        return "git@#{context.settings.host}:#{project[:path_with_namespace]}.git" unless here

        port = here[:port] || (request.scheme == 'https' ? 443 : 80)
        "ssh://git@#{here[:host]}:#{port}/#{project[:path_with_namespace]}.git"
      end

      # So that what a push is told later, by way of Git storage, leads there as well.
      def remember_entrance(user)
        context.entrances.remember(user, base) if user && published
      end

      # Who pushes by the domain is told by it.
      def remember_or_forget_entrance(user)
        published ? remember_entrance(user) : context.entrances.forget(user)
      end
    end
  end
end
