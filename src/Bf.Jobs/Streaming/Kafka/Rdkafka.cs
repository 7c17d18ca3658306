using System.Runtime.InteropServices;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// librdkafka's C interface, as far as a producer needs it (rdkafka.h of 2.15). Confluent.Kafka makes several objects a message and wants a
/// report of every one; here a message costs none, and only failures are reported.
/// </summary>
internal sealed unsafe class Rdkafka(nint library)
{
    public readonly delegate* unmanaged<nint> ConfNew = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "rd_kafka_conf_new");
    public readonly delegate* unmanaged<nint, nint, nint, byte*, nuint, int> ConfSet = (delegate* unmanaged<nint, nint, nint, byte*, nuint, int>)NativeLibrary.GetExport(library, "rd_kafka_conf_set");
    public readonly delegate* unmanaged<nint, nint, void> ConfSetOpaque = (delegate* unmanaged<nint, nint, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_set_opaque");
    public readonly delegate* unmanaged<nint, delegate* unmanaged<nint, Message*, nint, void>, void> ConfSetReport = (delegate* unmanaged<nint, delegate* unmanaged<nint, Message*, nint, void>, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_set_dr_msg_cb");
    public readonly delegate* unmanaged<nint, delegate* unmanaged<nint, int, byte*, byte*, void>, void> ConfSetLog = (delegate* unmanaged<nint, delegate* unmanaged<nint, int, byte*, byte*, void>, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_set_log_cb");
    public readonly delegate* unmanaged<nint, delegate* unmanaged<nint, int, byte*, nint, void>, void> ConfSetError = (delegate* unmanaged<nint, delegate* unmanaged<nint, int, byte*, nint, void>, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_set_error_cb");
    public readonly delegate* unmanaged<nint, void> ConfDestroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_destroy");
    public readonly delegate* unmanaged<int, nint, byte*, nuint, nint> New = (delegate* unmanaged<int, nint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "rd_kafka_new");
    public readonly delegate* unmanaged<nint, void> Destroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_destroy");
    public readonly delegate* unmanaged<nint, nint, nint, nint> TopicNew = (delegate* unmanaged<nint, nint, nint, nint>)NativeLibrary.GetExport(library, "rd_kafka_topic_new");
    public readonly delegate* unmanaged<nint, void> TopicDestroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_topic_destroy");
    public readonly delegate* unmanaged<nint, Part*, nuint, nint> Produce = (delegate* unmanaged<nint, Part*, nuint, nint>)NativeLibrary.GetExport(library, "rd_kafka_produceva");
    public readonly delegate* unmanaged<nint, int> ErrorCode = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "rd_kafka_error_code");
    public readonly delegate* unmanaged<nint, byte*> ErrorText = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(library, "rd_kafka_error_string");
    public readonly delegate* unmanaged<nint, void> ErrorDestroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_error_destroy");
    public readonly delegate* unmanaged<int, byte*> CodeText = (delegate* unmanaged<int, byte*>)NativeLibrary.GetExport(library, "rd_kafka_err2str");
    public readonly delegate* unmanaged<nint, int, int> Poll = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_poll");
    public readonly delegate* unmanaged<nint, int> Pending = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "rd_kafka_outq_len");
    public readonly delegate* unmanaged<nint, int, int> Flush = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_flush");
    public readonly delegate* unmanaged<nint, int, int> Purge = (delegate* unmanaged<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_purge");

    /// <summary><c>rd_kafka_vtype_t</c>: what a part of a message is.</summary>
    public enum PartKind
    {
        Topic = 2, Partition = 3, Value = 4, Key = 5, Flags = 7, Header = 9,
    }

    /// <summary><c>rd_kafka_vu_t</c>: a part of a message.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 72)]
    public struct Part
    {
        [FieldOffset(0)] public PartKind Kind;
        [FieldOffset(8)] public nint Handle;
        [FieldOffset(8)] public int Number;
        [FieldOffset(8)] public byte* Bytes;
        [FieldOffset(16)] public nint Length;
        [FieldOffset(8)] public byte* Name;
        [FieldOffset(16)] public byte* HeaderBytes;
        [FieldOffset(24)] public nint HeaderLength;
    }

    /// <summary>The beginning of <c>rd_kafka_message_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Error;
        public nint Topic;
        public int Partition;
    }

    /// <summary>A C string as text.</summary>
    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
