namespace NodeData.Emulator;

/// <summary>A request that an emulator received, regardless of its outcome. Bodies are not kept, and no member contains a secret. Immutable.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path and query, including <c>/v1</c> or <c>/api/v1</c>; anything in it that looks like a secret is masked.</param>
public sealed record RecordedRequest(string Method, string Path)
{
    /// <summary>The masked API key of the request, even if the key is not valid; null if the request has none.</summary>
    public string? KeyHint { get; init; }

    /// <summary>The status code of the response; null if no response was sent.</summary>
    public int? Status { get; init; }

    /// <summary>The request ID of the response.</summary>
    public required string RequestId { get; init; }

    /// <summary>The idempotency key of the request; null if the request has none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The <c>User-Agent</c> header of the request; null if the request has none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The time of the request, on the emulator's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
