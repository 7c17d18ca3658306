using System.Runtime.InteropServices;
using Bf.Jobs.Lake.DuckDb;
using Bf.Sources.Files;

namespace Bf.Jobs.Import;

/// <summary>
/// Unpacks zstd with the codec inside DuckDB's library. It is exported under its C++ names, which are these wherever compilers follow the
/// Itanium ABI (Linux, macOS); elsewhere a file has to be unpacked by hand.
/// </summary>
internal sealed unsafe partial class ZstdStream : ForwardStream
{
    private const string Library = "duckdb";
    private const int Chunk = 1 << 17;
    private readonly Stream _packed;
    private readonly byte[] _input = new byte[Chunk];
    private nint _context;
    private int _start;
    private int _end;
    private bool _inFrame;

    /// <summary>Begins to unpack; closes the packed stream with itself.</summary>
    public ZstdStream(Stream packed)
    {
        _packed = packed;
        DuckDatabase.Load(); // sets where the library is found
        try
        {
            _context = CreateContext();
        }
        catch (EntryPointNotFoundException)
        {
            throw new FormatException("zstd can't be unpacked on this system; unpack the file first, with zstd -d");
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            // what the codec holds back comes before new input
            var written = Unpack(buffer);
            if (written > 0)
            {
                return written;
            }

            if (_start == _end)
            {
                (_start, _end) = (0, _packed.Read(_input));
                if (_end == 0)
                {
                    return _inFrame ? throw new InvalidDataException("the zstd data ends in the middle") : 0;
                }
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _packed.Dispose();
        }

        if (_context != 0)
        {
            _ = FreeContext(_context);
            _context = 0;
        }

        base.Dispose(disposing);
    }

    private int Unpack(Span<byte> buffer)
    {
        fixed (byte* target = buffer)
        fixed (byte* source = _input)
        {
            var output = new Area { Bytes = target, Size = (nuint)buffer.Length };
            var input = new Area { Bytes = source, Size = (nuint)_end, Position = (nuint)_start };
            var left = Decompress(_context, &output, &input);
            if (IsError(left) != 0)
            {
                throw new InvalidDataException($"the zstd data is damaged: {Marshal.PtrToStringUTF8(ErrorName(left))}");
            }

            // between frames the codec asks for a header, although none need follow
            _inFrame = (int)input.Position > _start || output.Position > 0 ? left != 0 : _inFrame;
            _start = (int)input.Position;
            return (int)output.Position;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Area
    {
        public byte* Bytes;
        public nuint Size;
        public nuint Position;
    }

    [LibraryImport(Library, EntryPoint = "_ZN11duckdb_zstd15ZSTD_createDCtxEv")] private static partial nint CreateContext();
    [LibraryImport(Library, EntryPoint = "_ZN11duckdb_zstd13ZSTD_freeDCtxEPNS_11ZSTD_DCtx_sE")] private static partial nuint FreeContext(nint context);
    [LibraryImport(Library, EntryPoint = "_ZN11duckdb_zstd21ZSTD_decompressStreamEPNS_11ZSTD_DCtx_sEPNS_16ZSTD_outBuffer_sEPNS_15ZSTD_inBuffer_sE")]
    private static partial nuint Decompress(nint context, Area* output, Area* input);
    [LibraryImport(Library, EntryPoint = "_ZN11duckdb_zstd12ZSTD_isErrorEm")] private static partial uint IsError(nuint code);
    [LibraryImport(Library, EntryPoint = "_ZN11duckdb_zstd17ZSTD_getErrorNameEm")] private static partial nint ErrorName(nuint code);
}
