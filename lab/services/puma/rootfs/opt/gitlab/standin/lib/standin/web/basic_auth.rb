# frozen_string_literal: true

require 'base64'

module Standin
  module Web
    # Name and password, or name and token, as git and git-lfs send them.
    module BasicAuth
      # @return [Hash, nil] the user, nil where nothing was sent; ends the request when name or secret is wrong
      def authenticated
        scheme, encoded = request.get_header('HTTP_AUTHORIZATION').to_s.split(' ', 2)
        return unless scheme&.casecmp?('basic')

        sent = Base64.decode64(encoded.to_s).force_encoding(Encoding::UTF_8)
        challenge unless sound?(sent)
        name, secret = sent.split(':', 2)
        users.by_secret(name.to_s, secret.to_s) || challenge
      end

      def challenge
        halt 401, { 'www-authenticate' => 'Basic realm="GitLab"', 'content-type' => 'text/plain' },
             "HTTP Basic: Access denied. The provided password or token is incorrect.\n"
      end
    end
  end
end
