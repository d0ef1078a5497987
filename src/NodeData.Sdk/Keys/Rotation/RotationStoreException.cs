namespace NodeData.Sdk.Keys.Rotation;

/// <summary>
/// The exception for a record that could not be written to the store. It is internal to the rotation, which throws a public exception instead.
/// </summary>
internal sealed class RotationStoreException(Exception cause) : Exception(null, cause);
