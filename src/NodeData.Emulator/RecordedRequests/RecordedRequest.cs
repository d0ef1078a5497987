namespace NodeData.Emulator;

/// <summary>A request that an emulator received, whatever became of it. Bodies are not kept, and no member holds a secret. Immutable.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its query, <c>/v1</c> or <c>/api/v1</c> included; anything in it that looks like a secret is masked.</param>
public sealed record RecordedRequest(string Method, string Path)
{
    /// <summary>How the key that came with it may be shown; null where none came. The key need not be a valid one.</summary>
    public string? KeyHint { get; init; }

    /// <summary>The status that was answered; null where no answer was sent.</summary>
    public int? Status { get; init; }

    /// <summary>The request id of the answer.</summary>
    public required string RequestId { get; init; }

    /// <summary>The idempotency key that came with it; null where none came.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How the client presented itself; null where it did not.</summary>
    public string? UserAgent { get; init; }

    /// <summary>When it came, on the emulator's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
