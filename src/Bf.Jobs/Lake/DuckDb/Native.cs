using System.Reflection;
using System.Runtime.InteropServices;

namespace Bf.Jobs.Lake.DuckDb;

/// <summary>DuckDB's C interface, as far as it is used here (duckdb.h of 1.5). Names are the header's without their prefix.</summary>
internal static unsafe partial class Native
{
    private const string Library = "duckdb";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    /// <summary><c>duckdb_result</c>: six words, of which only the last is current.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        public ulong ColumnCount, RowCount, RowsChanged;
        public nint Columns, ErrorMessage, InternalData;
    }

    /// <summary><c>duckdb_string_t</c>: up to 12 bytes lie inside, longer ones behind a pointer.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct StringT
    {
        [FieldOffset(0)] public uint Length;
        [FieldOffset(4)] public fixed byte Inlined[12];
        [FieldOffset(8)] public byte* Pointer;
    }

    /// <summary><c>duckdb_list_entry</c>: where a list's elements lie in its child vector.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ListEntry
    {
        public ulong Offset, Length;
    }

    /// <summary>The ids of <c>duckdb_type</c>.</summary>
    public enum TypeId
    {
        Invalid = 0, Boolean = 1, TinyInt = 2, SmallInt = 3, Integer = 4, BigInt = 5, UTinyInt = 6, USmallInt = 7, UInteger = 8, UBigInt = 9,
        Float = 10, Double = 11, Timestamp = 12, Date = 13, Time = 14, Interval = 15, HugeInt = 16, Varchar = 17, Blob = 18, Decimal = 19,
        TimestampS = 20, TimestampMs = 21, TimestampNs = 22, Enum = 23, List = 24, Struct = 25, Map = 26, Uuid = 27, Union = 28, Bit = 29,
        TimeTz = 30, TimestampTz = 31, UHugeInt = 32, Array = 33, Any = 34, BigNum = 35, SqlNull = 36,
    }

    [LibraryImport(Library, EntryPoint = "duckdb_create_config")] public static partial int CreateConfig(out nint config);
    [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)] public static partial int SetConfig(nint config, string name, string option);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_config")] public static partial void DestroyConfig(ref nint config);
    [LibraryImport(Library, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)] public static partial int OpenExt(string? path, out nint database, nint config, out nint error);
    [LibraryImport(Library, EntryPoint = "duckdb_close")] public static partial void Close(ref nint database);
    [LibraryImport(Library, EntryPoint = "duckdb_connect")] public static partial int Connect(nint database, out nint connection);
    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")] public static partial void Disconnect(ref nint connection);
    [LibraryImport(Library, EntryPoint = "duckdb_interrupt")] public static partial void Interrupt(nint connection);
    [LibraryImport(Library, EntryPoint = "duckdb_free")] public static partial void Free(nint pointer);

    [LibraryImport(Library, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)] public static partial int Query(nint connection, string sql, Result* result);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")] public static partial void DestroyResult(Result* result);
    [LibraryImport(Library, EntryPoint = "duckdb_result_error")] public static partial byte* ResultError(Result* result);
    [LibraryImport(Library, EntryPoint = "duckdb_column_count")] public static partial ulong ColumnCount(Result* result);
    [LibraryImport(Library, EntryPoint = "duckdb_column_name")] public static partial byte* ColumnName(Result* result, ulong column);
    [LibraryImport(Library, EntryPoint = "duckdb_column_type")] public static partial TypeId ColumnType(Result* result, ulong column);
    [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk")] public static partial nint FetchChunk(Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_prepare", StringMarshalling = StringMarshalling.Utf8)] public static partial int Prepare(nint connection, string sql, out nint statement);
    [LibraryImport(Library, EntryPoint = "duckdb_prepare_error")] public static partial byte* PrepareError(nint statement);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_prepare")] public static partial void DestroyPrepare(ref nint statement);
    [LibraryImport(Library, EntryPoint = "duckdb_prepared_statement_type")] public static partial int StatementType(nint statement);
    [LibraryImport(Library, EntryPoint = "duckdb_extract_statements", StringMarshalling = StringMarshalling.Utf8)] public static partial ulong ExtractStatements(nint connection, string sql, out nint statements);
    [LibraryImport(Library, EntryPoint = "duckdb_extract_statements_error")] public static partial byte* ExtractError(nint statements);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_extracted")] public static partial void DestroyExtracted(ref nint statements);
    [LibraryImport(Library, EntryPoint = "duckdb_pending_prepared_streaming")] public static partial int PendingStreaming(nint statement, out nint pending);
    [LibraryImport(Library, EntryPoint = "duckdb_pending_error")] public static partial byte* PendingError(nint pending);
    [LibraryImport(Library, EntryPoint = "duckdb_execute_pending")] public static partial int ExecutePending(nint pending, Result* result);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_pending")] public static partial void DestroyPending(ref nint pending);

    [LibraryImport(Library, EntryPoint = "duckdb_create_logical_type")] public static partial nint CreateLogicalType(TypeId type);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_logical_type")] public static partial void DestroyLogicalType(ref nint type);
    [LibraryImport(Library, EntryPoint = "duckdb_decimal_scale"), SuppressGCTransition] public static partial byte DecimalScale(nint type);
    [LibraryImport(Library, EntryPoint = "duckdb_decimal_internal_type"), SuppressGCTransition] public static partial TypeId DecimalInternalType(nint type);

    [LibraryImport(Library, EntryPoint = "duckdb_get_type_id"), SuppressGCTransition] public static partial TypeId GetTypeId(nint type);
    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_count"), SuppressGCTransition] public static partial ulong StructChildCount(nint type);
    [LibraryImport(Library, EntryPoint = "duckdb_struct_type_child_name")] public static partial byte* StructChildName(nint type, ulong index);
    [LibraryImport(Library, EntryPoint = "duckdb_array_type_array_size"), SuppressGCTransition] public static partial ulong ArraySize(nint type);

    [LibraryImport(Library, EntryPoint = "duckdb_create_data_chunk")] public static partial nint CreateDataChunk(nint* types, ulong count);
    [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk")] public static partial void DestroyDataChunk(ref nint chunk);
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_reset")] public static partial void ResetDataChunk(nint chunk);
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size"), SuppressGCTransition] public static partial ulong ChunkSize(nint chunk);
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_set_size"), SuppressGCTransition] public static partial void SetChunkSize(nint chunk, ulong size);
    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector"), SuppressGCTransition] public static partial nint ChunkVector(nint chunk, ulong column);
    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data"), SuppressGCTransition] public static partial void* VectorData(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity"), SuppressGCTransition] public static partial ulong* VectorValidity(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_vector_ensure_validity_writable")] public static partial void EnsureValidityWritable(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_vector_assign_string_element_len")] public static partial void AssignString(nint vector, ulong index, byte* text, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_column_type")] public static partial nint VectorType(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_array_vector_get_child"), SuppressGCTransition] public static partial nint ArrayChild(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_list_vector_get_child"), SuppressGCTransition] public static partial nint ListChild(nint vector);
    [LibraryImport(Library, EntryPoint = "duckdb_struct_vector_get_child"), SuppressGCTransition] public static partial nint StructChild(nint vector, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_create", StringMarshalling = StringMarshalling.Utf8)] public static partial int AppenderCreate(nint connection, string? schema, string table, out nint appender);
    [LibraryImport(Library, EntryPoint = "duckdb_appender_error")] public static partial byte* AppenderError(nint appender);
    [LibraryImport(Library, EntryPoint = "duckdb_append_data_chunk")] public static partial int AppendDataChunk(nint appender, nint chunk);
    [LibraryImport(Library, EntryPoint = "duckdb_appender_close")] public static partial int AppenderClose(nint appender);
    [LibraryImport(Library, EntryPoint = "duckdb_appender_destroy")] public static partial int AppenderDestroy(ref nint appender);

    /// <summary>A C string of DuckDB's as text; empty when there is none.</summary>
    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>The bytes of a string.</summary>
    public static ReadOnlySpan<byte> Bytes(StringT* s) => s->Length <= 12 ? new(s->Inlined, (int)s->Length) : new(s->Pointer, (int)s->Length);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }

        var file = OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";
        var os = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var rid = $"{os}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        foreach (var place in (string[])[Path.Combine("runtimes", rid, "native", file), file])
        {
            if (NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, place), out var handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException($"DuckDB's library is missing: {Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native", file)}. Build again (the build fetches it), or copy it there.");
    }
}
