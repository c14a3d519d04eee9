# Ruby 3 and later, standard library only.
require "openssl"

TOLERANCE = 5 * 60 # seconds

# Whether a delivery is genuine and not an old one.
# env: Rack's. body: as it came.
def verify(secret, env, body)
  id, timestamp = env.values_at("HTTP_WEBHOOK_ID", "HTTP_WEBHOOK_TIMESTAMP")
  return false if (Time.now.to_i - timestamp.to_i).abs > TOLERANCE

  key = secret.delete_prefix("whsec_").unpack1("m")
  mac = OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.".b + body)
  expected = [mac].pack("m0")
  # Several while a secret is being replaced: one that is right is enough.
  env["HTTP_WEBHOOK_SIGNATURE"].to_s.split.any? do |signature|
    version, value = signature.split(",", 2)
    version == "v1" && OpenSSL.secure_compare(value.to_s, expected)
  end
end

# To try it: headers in the environment, as CGI has them; the body on standard input.
if $PROGRAM_NAME == __FILE__
  exit(verify(ENV.fetch("WEBHOOK_SECRET"), ENV, $stdin.binmode.read))
end
