using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NodeData.Sdk.Http;

/// <summary>
/// Describes a request to an API operation: its method, path, body, idempotency key and required mode. Sync and async methods use the same description.
/// </summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path relative to the base address, with encoded segments and the query.</param>
internal abstract record Endpoint(HttpMethod Method, string Path)
{
    /// <summary>The path with a placeholder in braces for each value, for low-cardinality telemetry; null if the path contains no values.</summary>
    public string? PathTemplate { get; init; }

    /// <summary>The JSON body in UTF-8; null if no body is sent.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The idempotency key, which makes a POST safe to retry (contract, "API keys"); null if none is sent.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The mode that the call requires; null if it can be made in either mode.</summary>
    public KeyMode? RequiredMode { get; init; }

    /// <summary>
    /// True if a 404 response to a retry is a success when the outcome of an earlier attempt is unknown; otherwise, false. Set for deletions.
    /// </summary>
    public bool AllowNotFoundOnRetry { get; init; }

    /// <summary>True for a raw request, whose path is supplied by the caller; otherwise, false.</summary>
    public bool IsRaw { get; init; }

    /// <summary>The method and the path without the query, for messages.</summary>
    public string Name => $"{Method} /{PathWithoutQuery}";

    public string PathWithoutQuery => Path.Split('?', 2)[0];

    /// <summary>True if the call is idempotent, so that a retry is safe (contract, "Retries"); otherwise, false.</summary>
    public bool IsIdempotent =>
        IdempotencyKey is not null
        || Method == HttpMethod.Get
        || Method == HttpMethod.Head
        || Method == HttpMethod.Options
        || Method == HttpMethod.Put
        || Method == HttpMethod.Patch
        || Method == HttpMethod.Delete;

    public static Endpoint<T> Get<T>(string path, ResponseReader<T> read, string? pathTemplate = null) =>
        new(HttpMethod.Get, path, read) { PathTemplate = pathTemplate };

    public static Endpoint<T> Options<T>(string path, ResponseReader<T> read) => new(HttpMethod.Options, path, read);

    public static Endpoint<T> Delete<T>(string path, ResponseReader<T> read, string? pathTemplate = null) =>
        new(HttpMethod.Delete, path, read) { PathTemplate = pathTemplate };

    public static Endpoint<T> Post<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, ResponseReader<T> read) =>
        new(HttpMethod.Post, path, read) { Body = JsonSerializer.SerializeToUtf8Bytes(body, bodyType) };

    public static Endpoint<T> Patch<TBody, T>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        ResponseReader<T> read,
        string? pathTemplate = null
    ) => new(HttpMethod.Patch, path, read) { Body = JsonSerializer.SerializeToUtf8Bytes(body, bodyType), PathTemplate = pathTemplate };
}

/// <inheritdoc cref="Endpoint"/>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path relative to the base address, with encoded segments and the query.</param>
/// <param name="Read">Reads the response.</param>
internal sealed record Endpoint<T>(HttpMethod Method, string Path, ResponseReader<T> Read) : Endpoint(Method, Path);
