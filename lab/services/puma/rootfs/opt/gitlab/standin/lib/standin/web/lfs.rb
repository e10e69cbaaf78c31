# frozen_string_literal: true

require_relative 'base'
require_relative 'basic_auth'
require_relative 'bytes'
require_relative 'links'

module Standin
  module Web
    # Git LFS: its batch API. The bytes go between the client and the object store, by links that hold for some minutes; who
    # comes by a published port has no way there, and gives and gets them here, under GitLab's own paths.
    class Lfs < Base
      helpers BasicAuth, Links, Bytes

      TYPE = 'application/vnd.git-lfs+json'
      OID = /\A\h{64}\z/
      # More than git-lfs asks for at once.
      MOST = 1000

      post(%r{/(?<path>.+)\.git/info/lfs/objects/batch}) do
        asked = read
        refuse_lfs(422, 'Invalid operation') unless %w[upload download].include?(asked['operation'])
        refuse_lfs(422, 'Invalid objects') unless asked['objects'].is_a?(Array)
        wanted = asked['objects'].first(MOST).select { |one| object?(one) }
        upload = asked['operation'] == 'upload'
        project = access(upload)
        answer(transfer: 'basic', hash_algo: 'sha256', objects: described(project, wanted, upload))
      end

      # The client says that it has put an object there; it counts when it is.
      post(%r{/(?<path>.+)\.git/info/lfs/objects/verify}) do
        asked = read
        project = access(true)
        oid = asked['oid'].to_s
        refuse_lfs(422, 'Invalid object') unless oid.match?(OID)
        size = store.size(:lfs, objects.key(project, oid))
        refuse_lfs(404, 'Object does not exist') unless size
        refuse_lfs(422, "Size is #{size}, not #{asked['size']}") unless size == asked['size']
        context.database.lasting { objects.add(project, oid, size) }
        answer({})
      end

      put(%r{/(?<path>.+)\.git/gitlab-lfs/objects/(?<oid>\h{64})/(?<size>\d{1,16})}) do
        key = objects.key(access(true), params['oid'])
        store
        take_in(:lfs, key) do |file|
          refuse_lfs(422, "Size is #{file.size}, not #{params['size']}") unless file.size == params['size'].to_i
          refuse_lfs(422, 'Invalid object') unless Digest::SHA256.file(file.path).hexdigest == params['oid']
        end
        answer({})
      end

      get(%r{/(?<path>.+)\.git/gitlab-lfs/objects/(?<oid>\h{64})}) do
        project = access(false)
        there = objects.sizes(project, [params['oid']]).any?
        hand_out(:lfs, there ? objects.key(project, params['oid']) : nil, 'application/octet-stream')
      end

      private

      def objects = context.store(Store::LfsObjects)
      def store = context.object_store || refuse_lfs(501, 'Git LFS is not enabled on this GitLab server: there is no object storage')
      def read = body_object

      def object?(one) = one.is_a?(Hash) && one['oid'].to_s.match?(OID) && one['size'].is_a?(Integer) && NUMBER.cover?(one['size'])

      def answer(value)
        content_type TYPE
        JSON.generate(value)
      end

      def refuse_lfs(code, message) = halt(code, { 'content-type' => TYPE }, JSON.generate(message: message))

      def access(write)
        user = authenticated
        project = projects.by_path(params['path'])
        unless project && projects.can_read?(project, user)
          user ? refuse_lfs(404, 'Not found.') : challenge
        end
        challenge if write && user.nil?
        refuse_lfs(403, 'Access forbidden. Check your access level.') if write && !projects.can_write?(project, user)
        project
      end

      def described(project, wanted, upload)
        known = objects.sizes(project, wanted.map { |one| one['oid'] })
        wanted.map do |one|
          shown = { oid: one['oid'], size: one['size'] }
          there = known[one['oid']]
          # What is there already is not sent again.
          next shown if upload && there

          upload ? shown.merge(authenticated: true, actions: uploading(project, one['oid'], one['size'])) : shown.merge(downloading(project, one['oid'], there))
        end
      end

      def uploading(project, oid, size)
        {
          upload: way(project, oid, :put_object, "/#{size}"),
          verify: { href: "#{project_url(project)}.git/info/lfs/objects/verify", header: authorization }
        }
      end

      def authorization = { Authorization: request.get_header('HTTP_AUTHORIZATION') }.compact

      def way(project, oid, verb, more = '')
        return { href: store.link(:lfs, objects.key(project, oid), verb), expires_in: Objects::ObjectStore::LINK_S } unless published

        { href: "#{project_url(project)}.git/gitlab-lfs/objects/#{oid}#{more}", header: authorization, expires_in: Objects::ObjectStore::LINK_S }
      end

      def downloading(project, oid, there)
        return { error: { code: 404, message: 'Object does not exist' } } unless there

        { authenticated: true, actions: { download: way(project, oid, :get_object) } }
      end
    end
  end
end
