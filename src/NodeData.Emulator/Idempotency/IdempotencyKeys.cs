using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Responses;
using NodeData.Emulator.Serving;
using NodeData.Emulator.Storage;

namespace NodeData.Emulator.Idempotency;

/// <summary>
/// Returns the same response for the same request with the same idempotency key (contract, "API keys"). A response is stored in the transaction of the request;
/// requests in progress are kept in memory only, so that no key stays blocked after the emulator was killed.
/// </summary>
internal sealed class IdempotencyKeys
{
    public const string HeaderName = "Idempotency-Key";

    public const string Table = """
        CREATE TABLE idempotent_responses (
            key_id TEXT NOT NULL,
            idempotency_key TEXT NOT NULL,
            request BLOB NOT NULL,
            response BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (key_id, idempotency_key)
        ) STRICT;
        """;

    private const int MaxKeyLength = 255;
    private const long RetryAfterSeconds = 1;
    private const long RetentionMilliseconds = 24 * 60 * 60 * 1_000;

    private readonly HashSet<(string KeyId, string IdempotencyKey)> _inProgress = [];

    /// <summary>Reads the idempotency key of a request; returns null if the request has none or its method ignores the header.</summary>
    public static string? Read(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || !request.Headers.TryGetValue(HeaderName, out var values))
        {
            return null;
        }

        return values is [{ Length: >= 1 and <= MaxKeyLength } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw ApiErrorException.Invalid(HeaderName, $"{HeaderName} must be 1 to {MaxKeyLength} visible ASCII characters.");
    }

    /// <summary>Marks a request as in progress until the result is disposed; rejects it if another one with the key is in progress.</summary>
    public IDisposable Start(string keyId, string idempotencyKey)
    {
        lock (_inProgress)
        {
            return _inProgress.Add((keyId, idempotencyKey))
                ? new InProgressRequest(this, keyId, idempotencyKey)
                : throw ApiErrorException.RequestInProgress(RetryAfterSeconds);
        }
    }

    /// <summary>Returns the stored response, or runs the operation and stores its response.</summary>
    public static Response Run(Call call, string idempotencyKey, Session session, Func<Response> work)
    {
        var request = ComputeRequestDigest(call);
        session.Execute("DELETE FROM idempotent_responses WHERE created_at <= $then", ("$then", call.Now - RetentionMilliseconds));
        var stored = session.Query(
            "SELECT request, response FROM idempotent_responses WHERE key_id = $key_id AND idempotency_key = $idempotency_key",
            row => (Request: (byte[])row[0], Response: (byte[])row[1]),
            ("$key_id", call.Caller.Key.Id),
            ("$idempotency_key", idempotencyKey)
        );
        if (stored.Count > 0)
        {
            return stored[0].Request.AsSpan().SequenceEqual(request)
                ? EncryptedResponse.Decrypt(stored[0].Response, call.Caller.ApiKey)
                : throw ApiErrorException.IdempotencyConflict();
        }

        var response = GetResponse(call, work);
        if (response.Status is >= 200 and < 300 or >= 400 and < 500 and not (401 or 409 or 429))
        {
            session.Execute(
                "INSERT INTO idempotent_responses VALUES ($key_id, $idempotency_key, $request, $response, $created_at)",
                ("$key_id", call.Caller.Key.Id),
                ("$idempotency_key", idempotencyKey),
                ("$request", request),
                ("$response", EncryptedResponse.Encrypt(response with { RepeatedRequestId = call.RequestId }, call.Caller.ApiKey)),
                ("$created_at", call.Now)
            );
        }

        return response;
    }

    // An operation rejects a request before it writes anything, so the error response can be stored in the same transaction.
    private static Response GetResponse(Call call, Func<Response> work)
    {
        try
        {
            return work();
        }
        catch (ApiErrorException error)
        {
            return error.ToResponse(call.RequestId);
        }
    }

    // Keyed with the caller's API key, so that a body that contains a key cannot be found by brute force.
    private static byte[] ComputeRequestDigest(Call call)
    {
        using var digest = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(call.Caller.ApiKey.Reveal()));
        digest.AppendData(Encoding.UTF8.GetBytes($"{call.Method} {call.Path}\n"));
        digest.AppendData(call.Body.Span);
        return digest.GetHashAndReset();
    }

    private sealed class InProgressRequest(IdempotencyKeys keys, string keyId, string idempotencyKey) : IDisposable
    {
        public void Dispose()
        {
            lock (keys._inProgress)
            {
                keys._inProgress.Remove((keyId, idempotencyKey));
            }
        }
    }
}
