using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>Encodes path segments that come from the caller (contract, "Hosts and paths").</summary>
internal static class PathSegment
{
    /// <summary>Encodes an object's id. An id that contains a secret, is empty, or is a dot segment is rejected before anything is sent.</summary>
    public static string EncodeId(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (ApiKeyFormat.MayContainSecret(id))
        {
            throw new ArgumentException(
                "The id (such as key_… or we_…) contains a secret or text that looks like one. A secret must not be part of a URL: to revoke a key by its "
                    + "secret, pass exactly the key, without surrounding white space.",
                nameof(id)
            );
        }

        return id is "." or ".."
            ? throw new ArgumentException("The id must not be '.' or '..', which are path navigation segments.", nameof(id))
            : Uri.EscapeDataString(id);
    }
}
