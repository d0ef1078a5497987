using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>Encodes path segments that come from the caller (contract, "Hosts and paths").</summary>
internal static class PathSegment
{
    /// <summary>
    /// Encodes the ID of an object. An ID that is empty, contains a secret, or is a dot-segment (RFC 3986, section 3.3) is rejected before anything is sent.
    /// </summary>
    public static string EncodeId(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (ApiKeyFormat.MayContainSecret(id))
        {
            throw new ArgumentException(
                "The ID (such as key_… or we_…) contains a secret or a string that looks like one. A secret must not be part of a URL: to revoke a key by its "
                    + "secret, pass exactly the key, without surrounding white space.",
                nameof(id)
            );
        }

        return id is "." or ".."
            ? throw new ArgumentException("The ID must not be '.' or '..', which are dot-segments (RFC 3986, section 3.3).", nameof(id))
            : Uri.EscapeDataString(id);
    }
}
