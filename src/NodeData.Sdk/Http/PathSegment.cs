using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>A part of a path that comes from the caller (contract, "Hosts and paths").</summary>
internal static class PathSegment
{
    /// <summary>An object's id, encoded whole. What holds a secret, empty text and dots alone are refused before anything is sent.</summary>
    public static string EncodeId(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (ApiKeyFormat.MayContainSecret(id))
        {
            throw new ArgumentException(
                "An id was expected (such as key_… or we_…), and this holds a secret or something like one. A secret never stands in an address: to revoke a key "
                    + "by its secret, pass exactly the key, without white space around it.",
                nameof(id)
            );
        }

        return id is "." or ".."
            ? throw new ArgumentException("An id was expected; '.' and '..' are steps in a path.", nameof(id))
            : Uri.EscapeDataString(id);
    }
}
