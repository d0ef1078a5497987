namespace NodeData.Sdk.Keys.Rotation;

/// <summary>The log did not take a record. Never leaves the rotation, which tells the caller in its own words.</summary>
internal sealed class StoreFailure(Exception cause) : Exception(null, cause);
