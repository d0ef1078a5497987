namespace NodeData.Sdk;

/// <summary>
/// Defines a store that keeps the records of rotations beyond the lifetime of a process. The default is a <see cref="FileApiKeyRotationStore"/>, which is
/// shared by the processes of one user on one machine; jobs that run on different machines need a store that each machine can access. Implementations must be
/// safe for concurrent use and must store <see cref="ApiKeyRotationRecord.ToJson"/> unchanged.
/// </summary>
public interface IApiKeyRotationStore
{
    /// <summary>Acquires the exclusive lock for a name, across processes, until it is disposed of. The lock must not outlive its process.</summary>
    /// <param name="name">The name: one string that contains the service and the ID of the key.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lock; null, without waiting, if it is held elsewhere.</returns>
    Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken);

    /// <summary>Reads all records, in any order.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The records.</returns>
    Task<IReadOnlyList<ApiKeyRotationRecord>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes a record atomically, replacing the one with the same <see cref="ApiKeyRotationRecord.RotationId"/>. When this completes, the record must survive
    /// a crash of the process and of the machine.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that represents the operation.</returns>
    Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken);
}
