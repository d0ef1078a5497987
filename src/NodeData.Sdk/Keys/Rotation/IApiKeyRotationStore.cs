namespace NodeData.Sdk;

/// <summary>
/// Where the records of rotations outlive a process. The default is a <see cref="FileApiKeyRotationStore"/>, which holds for the processes of one user on one
/// machine; jobs that run on changing machines need one that all of them reach. Implementations are called from several threads at once, and keep
/// <see cref="ApiKeyRotationRecord.ToJson"/> as it is.
/// </summary>
public interface IApiKeyRotationStore
{
    /// <summary>
    /// Takes the lock of a name, so that nobody else, in this process or another, has it until it is disposed of. It must not outlive its process.
    /// </summary>
    /// <param name="name">What is locked: the service and the key's id, as one text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lock; null, without waiting, where somebody else holds it.</returns>
    Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken);

    /// <summary>All records that there are, whatever their order.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ApiKeyRotationRecord>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a record in place of the one with the same <see cref="ApiKeyRotationRecord.RotationId"/>: the whole of it or nothing. When this completes, the
    /// record must be safe from a crash of the process and of the machine.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task WriteAsync(ApiKeyRotationRecord record, CancellationToken cancellationToken);
}
