# frozen_string_literal: true

require 'jwt'

module Standin
  module Web
    # Requests of GitLab's own programs carry a token, signed with a secret they share.
    module Signed
      # @param header [String] name of the header
      # @param secret [String] the shared secret
      # @param issuer [String] who must have signed
      def signed?(header, secret, issuer)
        token = request.get_header("HTTP_#{header.upcase.tr('-', '_')}").to_s
        JWT.decode(token, secret, true, algorithm: 'HS256', iss: issuer, verify_iss: true)
        true
      rescue JWT::DecodeError
        false
      end
    end
  end
end
