/** Unique identifiers (PS3.6 Annex A) that this program sends or names. */

/** Verification SOP Class. */
export const VERIFICATION_SOP_CLASS = "1.2.840.10008.1.1";

/** DICOM application context, the only one there is (PS3.7 A.2.1). */
export const APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

/** Default transfer syntax of DICOM, and that of every command set. */
export const IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";

/**
 * UID and the reference's name, in the order in which `--propose-ts` takes
 * them: a prefix of this list is proposed.
 */
const TRANSFER_SYNTAX_NAMES: readonly (readonly [string, string])[] = [
  ["1.2.840.10008.1.2", "LittleEndianImplicit"],
  ["1.2.840.10008.1.2.1", "LittleEndianExplicit"],
  ["1.2.840.10008.1.2.2", "BigEndianExplicit"],
  ["1.2.840.10008.1.2.1.98", "EncapsulatedUncompressedLittleEndianExplicit"],
  ["1.2.840.10008.1.2.4.50", "JPEGBaseline"],
  ["1.2.840.10008.1.2.4.51", "JPEGExtended:Process2+4"],
  ["1.2.840.10008.1.2.4.52", "JPEGExtended:Process3+5"],
  [
    "1.2.840.10008.1.2.4.53",
    "JPEGSpectralSelection:Non-hierarchical:Process6+8",
  ],
  [
    "1.2.840.10008.1.2.4.54",
    "JPEGSpectralSelection:Non-hierarchical:Process7+9",
  ],
  [
    "1.2.840.10008.1.2.4.55",
    "JPEGFullProgression:Non-hierarchical:Process10+12",
  ],
  [
    "1.2.840.10008.1.2.4.56",
    "JPEGFullProgression:Non-hierarchical:Process11+13",
  ],
  ["1.2.840.10008.1.2.4.57", "JPEGLossless:Non-hierarchical:Process14"],
  ["1.2.840.10008.1.2.4.58", "JPEGLossless:Non-hierarchical:Process15"],
  ["1.2.840.10008.1.2.4.59", "JPEGExtended:Hierarchical:Process16+18"],
  ["1.2.840.10008.1.2.4.60", "JPEGExtended:Hierarchical:Process17+19"],
  ["1.2.840.10008.1.2.4.61", "JPEGSpectralSelection:Hierarchical:Process20+22"],
  ["1.2.840.10008.1.2.4.62", "JPEGSpectralSelection:Hierarchical:Process21+23"],
  ["1.2.840.10008.1.2.4.63", "JPEGFullProgression:Hierarchical:Process24+26"],
  ["1.2.840.10008.1.2.4.64", "JPEGFullProgression:Hierarchical:Process25+27"],
  ["1.2.840.10008.1.2.4.65", "JPEGLossless:Hierarchical:Process28"],
  ["1.2.840.10008.1.2.4.66", "JPEGLossless:Hierarchical:Process29"],
  [
    "1.2.840.10008.1.2.4.70",
    "JPEGLossless:Non-hierarchical-1stOrderPrediction",
  ],
  ["1.2.840.10008.1.2.5", "RLELossless"],
  ["1.2.840.10008.1.2.1.99", "DeflatedLittleEndianExplicit"],
  ["1.2.840.10008.1.2.8.1", "DeflatedImageFrameCompression"],
  ["1.2.840.10008.1.2.4.80", "JPEGLSLossless"],
  ["1.2.840.10008.1.2.4.81", "JPEGLSLossy"],
  ["1.2.840.10008.1.2.4.90", "JPEG2000LosslessOnly"],
  ["1.2.840.10008.1.2.4.91", "JPEG2000"],
  ["1.2.840.10008.1.2.4.92", "JPEG2000MulticomponentLosslessOnly"],
  ["1.2.840.10008.1.2.4.93", "JPEG2000Multicomponent"],
  ["1.2.840.10008.1.2.4.100", "MPEG2MainProfile@MainLevel"],
  ["1.2.840.10008.1.2.4.101", "MPEG2MainProfile@HighLevel"],
  ["1.2.840.10008.1.2.4.102", "MPEG4HighProfile/Level4.1"],
  ["1.2.840.10008.1.2.4.103", "MPEG4BDcompatibleHighProfile/Level4.1"],
  ["1.2.840.10008.1.2.4.104", "MPEG4HighProfile/Level4.2For2DVideo"],
  ["1.2.840.10008.1.2.4.105", "MPEG4HighProfile/Level4.2For3DVideo"],
  ["1.2.840.10008.1.2.4.106", "MPEG4StereoHighProfile/Level4.2"],
  ["1.2.840.10008.1.2.4.107", "HEVCMainProfile/Level5.1"],
  ["1.2.840.10008.1.2.4.108", "HEVCMain10Profile/Level5.1"],
  ["1.2.840.10008.1.2.4.100.1", "FragmentableMPEG2MainProfile/MainLevel"],
  ["1.2.840.10008.1.2.4.101.1", "FragmentableMPEG2MainProfile/HighLevel"],
  ["1.2.840.10008.1.2.4.102.1", "FragmentableMPEG4HighProfile/Level4.1"],
  [
    "1.2.840.10008.1.2.4.103.1",
    "FragmentableMPEG4BDcompatibleHighProfile/Level4.1",
  ],
  [
    "1.2.840.10008.1.2.4.104.1",
    "FragmentableMPEG4HighProfile/Level4.2For2DVideo",
  ],
  [
    "1.2.840.10008.1.2.4.105.1",
    "FragmentableMPEG4HighProfile/Level4.2For3DVideo",
  ],
  ["1.2.840.10008.1.2.4.106.1", "FragmentableMPEG4StereoHighProfile/Level4.2"],
  [
    "1.2.840.10008.1.2.4.201",
    "HighThroughputJPEG2000ImageCompressionLosslessOnly",
  ],
  [
    "1.2.840.10008.1.2.4.202",
    "HighThroughputJPEG2000withRPCLOptionsImageCompressionLosslessOnly",
  ],
  ["1.2.840.10008.1.2.4.203", "HighThroughputJPEG2000ImageCompression"],
  ["1.2.840.10008.1.2.4.110", "JPEGXLLossless"],
  ["1.2.840.10008.1.2.4.111", "JPEGXLJPEGRecompression"],
  ["1.2.840.10008.1.2.4.112", "JPEGXL"],
];

/** The transfer syntaxes that `--propose-ts` can propose, in its order. */
export const TRANSFER_SYNTAXES: readonly string[] = TRANSFER_SYNTAX_NAMES.map(
  ([uid]) => uid,
);

/** The reference's name of a UID after "=", or the UID itself. */
export function uidName(uid: string): string {
  if (uid === VERIFICATION_SOP_CLASS) return "=VerificationSOPClass";
  const known = TRANSFER_SYNTAX_NAMES.find(([known]) => known === uid);
  return known === undefined ? uid : `=${known[1]}`;
}
