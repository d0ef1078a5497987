using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NodeData.Sdk.Http;

/// <summary>
/// A call as a value: everything that differs between calls, and nothing that all of them share. One value serves the synchronous and the asynchronous door.
/// </summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the base address, its segments encoded, with the query.</param>
internal abstract record Endpoint(HttpMethod Method, string Path)
{
    /// <summary>The path with a name in braces in place of each value, for telemetry, which must not have a series for each object;
    /// null where the path has no such values.</summary>
    public string? Template { get; init; }

    /// <summary>JSON in UTF-8; null for no body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Makes a POST repeatable (contract, "API keys"); null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The mode that the call is about; null where it is about none.</summary>
    public KeyMode? RequiredMode { get; init; }

    /// <summary>Whether the call wants an object gone: then a repetition that finds nothing, after an attempt of unknown end, is a success.</summary>
    public bool AllowNotFoundOnRetry { get; init; }

    /// <summary>Whether the path is the caller's, rather than one that this client describes.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Method and path without the query, for messages.</summary>
    public string Name => $"{Method} /{PathWithoutQuery}";

    public string PathWithoutQuery => Path.Split('?', 2)[0];

    /// <summary>Whether sending the call twice does no more than sending it once (contract, "Retries").</summary>
    public bool IsRepeatable =>
        IdempotencyKey is not null
        || Method == HttpMethod.Get
        || Method == HttpMethod.Head
        || Method == HttpMethod.Options
        || Method == HttpMethod.Put
        || Method == HttpMethod.Patch
        || Method == HttpMethod.Delete;

    public static Endpoint<T> Get<T>(string path, ResponseReader<T> read, string? template = null) =>
        new(HttpMethod.Get, path, read) { Template = template };

    public static Endpoint<T> Options<T>(string path, ResponseReader<T> read) => new(HttpMethod.Options, path, read);

    public static Endpoint<T> Delete<T>(string path, ResponseReader<T> read, string? template = null) =>
        new(HttpMethod.Delete, path, read) { Template = template };

    public static Endpoint<T> Post<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, ResponseReader<T> read) =>
        new(HttpMethod.Post, path, read) { Body = JsonSerializer.SerializeToUtf8Bytes(body, bodyType) };

    public static Endpoint<T> Patch<TBody, T>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        ResponseReader<T> read,
        string? template = null
    ) => new(HttpMethod.Patch, path, read) { Body = JsonSerializer.SerializeToUtf8Bytes(body, bodyType), Template = template };
}

/// <inheritdoc cref="Endpoint"/>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the base address, its segments encoded, with the query.</param>
/// <param name="Read">How the answer is read.</param>
internal sealed record Endpoint<T>(HttpMethod Method, string Path, ResponseReader<T> Read) : Endpoint(Method, Path);
